namespace Exporter.Oracle.Fleet.Seats;

/// <summary>A service of the fleet. A further one is one more line here.</summary>
/// <param name="Project">Its folder.</param>
/// <param name="Windows">The failpoints that it passes.</param>
internal sealed record Service(string Project, IReadOnlyList<string> Windows)
{
    public static readonly Service Ingest = new("services/Ingest", ["commit.before", "commit.after"]);
    public static readonly Service Router = new("services/Router", ["route.before", "route.after", "seal.before", "seal.after", "release.after"]);
    public static readonly Service S3Export = new(
        "services/S3Export", ["claim.after", "put.before", "put.after", "complete.before", "complete.after", "outcome.before", "outcome.after"]);

    public static IReadOnlyList<Service> All { get; } = [Ingest, Router, S3Export];

    public string Name => Path.GetFileName(Project);
}
