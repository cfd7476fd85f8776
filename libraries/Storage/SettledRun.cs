using Exporter.Delivery.Batches;

namespace Exporter.Storage;

/// <summary>A run of a batch's reports that is settled, as it stands in the store.</summary>
/// <param name="Range">Which reports.</param>
/// <param name="Outcome">Delivered, dead or discarded.</param>
/// <param name="Letter">The dead letter's number, or 0.</param>
/// <param name="ErrorType">The dead letter's.</param>
/// <param name="ErrorDetail">The dead letter's.</param>
/// <param name="Attempt">The dead letter's.</param>
internal sealed record SettledRun(ReportRange Range, BatchState Outcome, long Letter, string ErrorType, string ErrorDetail, int Attempt)
{
    /// <summary>The runs of a batch's part that are not settled.</summary>
    public static IReadOnlyList<ReportRange> Gaps(ReportRange part, IEnumerable<SettledRun> runs) => ReportRange.Gaps(
        part.To, [new(0, part.From), .. runs.Select(run => run.Range).Where(range => range.To > part.From && range.From < part.To)]);
}

/// <summary>What is known of a claimed batch while its row is held.</summary>
/// <param name="ReportCount">Its reports.</param>
/// <param name="SettledReports">How many of them are settled.</param>
/// <param name="Attempt">Which attempt this is, without those that were given back.</param>
internal sealed record HeldBatch(long ReportCount, long SettledReports, int Attempt);
