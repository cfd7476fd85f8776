namespace Exporter.S3Export.Files;

/// <summary>The folders under which files may be written: an admin token must not write anywhere (rule O7).</summary>
internal sealed class FileRoots(IReadOnlyList<string> roots)
{
    /// <summary>The roots as they were configured.</summary>
    public IReadOnlyList<string> All => roots;

    /// <summary>Makes the folder of a file, wherever symbolic links lead, and returns the root that it lies under.</summary>
    /// <returns>Real paths of root and folder.</returns>
    /// <exception cref="FileRefusedException">It lies under none.</exception>
    public (string Root, string Folder) Enter(string path)
    {
        var folder = Path.GetDirectoryName(path);
        if (folder is null || Path.GetFullPath(path) != path)
            throw new FileRefusedException("The batch's path is not absolute and plain.");

        var root = Find(DeepestExisting(folder)) ?? throw Refusal();
        Make(folder);
        var real = Posix.RealPath(folder) ?? throw new FileRefusedException("The batch's folder went away while it was made.");
        return Holds(root, real) ? (root, real) : throw Refusal();
    }

    private static void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (DirectoryNotFoundException)
        {
            throw new FileRefusedException($"A part of the folder '{folder}' is a file. Move it away, or change the export's url.");
        }
    }

    private static bool Holds(string root, string real) =>
        real == root || real.StartsWith(root == "/" ? root : root + "/", StringComparison.Ordinal);

    private static string DeepestExisting(string folder)
    {
        for (var ancestor = folder; ancestor is not null; ancestor = Path.GetDirectoryName(ancestor))
        {
            if (Posix.RealPath(ancestor) is { } real)
                return real;
        }

        return "/";
    }

    private string? Find(string real) =>
        roots.Select(Posix.RealPath).OfType<string>().FirstOrDefault(root => Holds(root, real));

    private FileRefusedException Refusal() => new(
        $"It lies under none of the existing folders in 'Exporter:FileRoots' ({string.Join(", ", roots.Select(root => $"'{root}'"))}). "
        + "Add one that holds it, or change the export's url.");
}

/// <summary>A file would lie where none may be written.</summary>
internal sealed class FileRefusedException(string message) : Exception(message);
