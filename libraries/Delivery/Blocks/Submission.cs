namespace Exporter.Delivery.Blocks;

/// <summary>The accepted reports of one request or one stream message: stored together or not at all (rule B1).</summary>
/// <param name="ApiKey">A known API key, or null for an anonymous submission.</param>
/// <param name="Groups">The reports by source; at most one group a source.</param>
/// <param name="Idempotency">What makes a repeat safe, or null.</param>
public sealed record Submission(string? ApiKey, IReadOnlyList<PackedReports> Groups, IdempotencyRecord? Idempotency = null)
{
    /// <summary>Number of reports in all groups.</summary>
    public int ReportCount => Groups.Sum(group => group.Marks.Count);

    /// <summary>Packed bytes of all groups.</summary>
    public long PackedBytes => Groups.Sum(group => (long)group.Bytes.Length);
}
