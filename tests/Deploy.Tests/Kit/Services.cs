using Exporter.TestKit.Processes;

namespace Exporter.Deploy.Kit;

/// <summary>The folders under <c>services/</c>.</summary>
internal static class Services
{
    // Standalone is all of them in one process: it has an image, and stands in no list.
    private const string Standalone = "Standalone";

    // Migrations end, and are asked nothing.
    private const string Migrations = "Migrations";

    public static IReadOnlyList<string> All { get; } =
        [.. Directory.GetDirectories(RepositoryFolder.PathOf("services")).Where(folder => Directory.GetFiles(folder, "*.csproj").Length > 0).Select(folder => Path.GetFileName(folder)!).Order()];

    public static IEnumerable<string> Deployed => All.Except([Standalone]);

    public static IEnumerable<string> Listening => All.Except([Migrations]);

    public static IEnumerable<string> Exporters => All.Where(service => service.EndsWith("Export", StringComparison.Ordinal) || service == "StationUpdater");

    public static string NameOf(string service) => service.ToLowerInvariant();
}
