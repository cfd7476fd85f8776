using Exporter.Delivery.Blocks;

namespace Exporter.Ingest;

/// <summary>The section <c>Ingest</c>.</summary>
internal sealed record IngestOptions
{
    public const string Section = "Ingest";

    /// <summary>Reports that were observed longer ago are dropped.</summary>
    public TimeSpan MaxReportAge { get; init; } = TimeSpan.FromDays(365);

    public LimitOptions Limits { get; init; } = new();

    public GroupCommitOptions GroupCommit { get; init; } = new();

    public IEnumerable<string> Problems(string key)
    {
        if (MaxReportAge <= TimeSpan.Zero)
            yield return $"'{key}:MaxReportAge' must be longer than zero, found {MaxReportAge}.";
        foreach (var problem in Limits.Problems($"{key}:Limits").Concat(GroupCommit.Problems($"{key}:GroupCommit")))
            yield return problem;
    }
}
