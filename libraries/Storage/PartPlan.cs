using Exporter.Delivery.Batches;

namespace Exporter.Storage;

/// <summary>How a part of a batch is written down: joined with its neighbours where they are alike, so that rows stay few.</summary>
/// <param name="Range">What is to stand afterwards.</param>
/// <param name="Before">The run that grows to it, or null: a new one is made.</param>
/// <param name="After">The run that is swallowed by it, or null.</param>
internal sealed record PartPlan(ReportRange Range, SettledRun? Before, SettledRun? After)
{
    /// <summary>What is to be written so that a part is settled; empty when it is already.</summary>
    /// <param name="part">What was delivered or refused.</param>
    /// <param name="refusal">Null: delivered.</param>
    /// <param name="attempt">Which attempt found out; dead letters of another are left as they are.</param>
    /// <param name="runs">What is settled in the part and beside it.</param>
    public static IReadOnlyList<PartPlan> Of(ReportRange part, Outcome.Rejected? refusal, int attempt, IReadOnlyList<SettledRun> runs)
    {
        var gaps = SettledRun.Gaps(part, runs);
        return gaps.Count == 1 ? [Joined(gaps[0], refusal, attempt, runs)] : [.. gaps.Select(gap => new PartPlan(gap, null, null))];
    }

    /// <exception cref="ArgumentOutOfRangeException">The part is not one of the batch.</exception>
    public static void Check(Batch batch, ReportRange part)
    {
        if (part.From < 0 || part.From >= part.To || part.To > batch.ReportCount)
            throw new ArgumentOutOfRangeException(nameof(part), $"A part must lie within the {batch.ReportCount} reports of the batch, found {part}.");
    }

    private static PartPlan Joined(ReportRange gap, Outcome.Rejected? refusal, int attempt, IReadOnlyList<SettledRun> runs)
    {
        var before = runs.FirstOrDefault(run => run.Range.To == gap.From && IsAlike(run, refusal, attempt));
        var after = refusal is null ? runs.FirstOrDefault(run => run.Range.From == gap.To && IsAlike(run, refusal, attempt)) : null;
        return new(new(before?.Range.From ?? gap.From, after?.Range.To ?? gap.To), before, after);
    }

    private static bool IsAlike(SettledRun run, Outcome.Rejected? refusal, int attempt) => refusal is null
        ? run.Outcome == BatchState.Delivered
        : run.Outcome == BatchState.Dead && run.Attempt == attempt && run.ErrorType == refusal.ErrorType && run.ErrorDetail == refusal.Detail;
}
