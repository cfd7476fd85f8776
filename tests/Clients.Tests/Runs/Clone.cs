using Exporter.TestKit.Processes;

namespace Exporter.Clients.Runs;

/// <summary>What a fresh clone holds of the clients: the contracts, and docs/clients without what its commands make there.</summary>
internal sealed class Clone : IDisposable
{
    private static readonly string[] Made = ["node_modules", "__pycache__", "exporter", "google"];

    private Clone()
    {
        CopyTo("protos", []);
        CopyTo("docs/clients", Made);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("clients-tests-").FullName;

    public static Clone Make() => new();

    /// <summary>Runs lines of a shell at the clone's root.</summary>
    public Task<Outcome> RunAsync(string script, Uri? server = null) =>
        ClientRun.Start(Folder, server, "bash", "-e", "-c", script).EndAsync();

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void CopyTo(string path, string[] without)
    {
        var source = RepositoryFolder.PathOf(path);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(source, file);
            if (name.Split('/').Intersect(without).Any())
                continue;
            var copy = Path.Combine(Folder, path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
