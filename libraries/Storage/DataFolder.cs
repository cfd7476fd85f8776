namespace Exporter.Storage;

/// <summary>A folder that one process holds for itself (rule S6).</summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream held;

    private DataFolder(string path, FileStream held) => (Path, this.held) = (path, held);

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>The database's file.</summary>
    public string Database => System.IO.Path.Combine(Path, "exporter.db");

    /// <summary>Makes the folder if need be, readable by its owner only, and takes it.</summary>
    /// <exception cref="StoreStartException">Another process holds it, or it can't be written.</exception>
    public static DataFolder Take(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path);
            else
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new(path, new FileStream(System.IO.Path.Combine(path, "exporter.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new StoreStartException(
                $"Data folder '{path}' can't be taken: {e.Message} If another Exporter uses it, stop that one or choose another folder with --data.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreStartException($"Data folder '{path}' can't be written. Change its owner, or choose another folder with --data.", e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => held.Dispose();
}
