using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Engine.Data;

/// <summary>What lasts from one start to the next: volumes and generated values. One application at a time has it.</summary>
internal sealed class DataFolder(EngineOptions options) : IDisposable
{
    private readonly List<string> temporary = [];
    private FileStream? held;

    public string Path { get; } = options.DataFolder;

    public static string PathOf(IDistributedApplicationBuilder builder) => EngineOptions.Read(builder).DataFolder;

    /// <summary>Others may pass through it, since a server may run as another user, but not look around.</summary>
    public static void Make(string path) => Directory.CreateDirectory(
        path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

    /// <exception cref="DistributedApplicationException">Another application has it.</exception>
    public void Hold()
    {
        Make(Path);
        try
        {
            held = new FileStream(System.IO.Path.Combine(Path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw new DistributedApplicationException($"Data folder '{Path}' is in use by another application. Stop that one, or set '{EngineOptions.Section}:{nameof(EngineOptions.DataFolder)}' to another folder.", fault);
        }

        Forget(System.IO.Path.Combine(Path, "run"));
    }

    public string Volume(string name) => MakeIn("volumes", name);

    public string Temporary(string name)
    {
        var folder = MakeIn("run", name);
        temporary.Add(folder);
        return folder;
    }

    public void Dispose()
    {
        foreach (var folder in temporary)
            Forget(folder);
        temporary.Clear();
        held?.Dispose();
        held = null;
    }

    private static void Forget(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private string MakeIn(string kind, string name)
    {
        var parent = System.IO.Path.Combine(Path, kind);
        Make(parent);
        var folder = System.IO.Path.Combine(parent, name);
        Make(folder);
        return folder;
    }
}
