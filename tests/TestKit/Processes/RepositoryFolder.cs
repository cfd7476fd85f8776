namespace Exporter.TestKit.Processes;

/// <summary>Where this repository lies, found from where this program was built.</summary>
public static class RepositoryFolder
{
    private static readonly string Root = Find();

    /// <summary>The full path of a file or folder in the repository, such as protos.</summary>
    public static string PathOf(string path) => Path.Combine(Root, path);

    /// <summary>The built program of a project, of the configuration that this one was built in.</summary>
    /// <param name="folder">The project's folder, such as services/Standalone.</param>
    /// <param name="name">The program's name.</param>
    /// <exception cref="InvalidOperationException">It is not built.</exception>
    public static string Program(string folder, string name)
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var path = Path.Combine(Root, folder, "bin", configuration, "net10.0", name);
        return File.Exists(path) ? path : throw new InvalidOperationException($"The program '{path}' is not built. Run 'dotnet build {folder}' first.");
    }

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Exporter.sln")))
                return folder;
        }

        throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' holds Exporter.sln. Run this program where it was built.");
    }
}
