using Exporter.Delivery.Batches;
using Exporter.Delivery.Sending;

namespace Exporter.Storage;

/// <summary>What an outcome makes of a claimed batch and its export's circuit; every store writes down the same.</summary>
/// <param name="State">Where the batch stands afterwards.</param>
/// <param name="Rest">What no part had settled before: the outcome is about it.</param>
/// <param name="DueIn">For a batch that is put back: zero keeps it in the order of the queue.</param>
/// <param name="Circuit">As it stands afterwards; null without faults.</param>
/// <param name="Change">Whether the circuit opened or closed.</param>
internal sealed record Ending(BatchState State, IReadOnlyList<ReportRange> Rest, TimeSpan DueIn, Circuit? Circuit, CircuitChange Change)
{
    /// <summary>Number of reports that the outcome is about.</summary>
    public long Reports => Rest.Sum(range => range.Count);

    /// <summary>The outcome, for those who asked for its recording.</summary>
    public Recorded Recorded => new(Reports, Change);

    /// <summary>Decides, without touching anything.</summary>
    /// <param name="batch">The claimed batch.</param>
    /// <param name="runs">What is settled of it, in order.</param>
    /// <param name="outcome">How the attempt ended.</param>
    /// <param name="terms">How to take it.</param>
    /// <param name="before">The circuit as it stands.</param>
    /// <param name="now">By the store's clock.</param>
    public static Ending Of(HeldBatch batch, IReadOnlyList<SettledRun> runs, Outcome outcome, RecordTerms terms, Circuit? before, DateTimeOffset now)
    {
        var rest = SettledRun.Gaps(new(0, batch.ReportCount), runs);
        var circuit = Circuit.After(before, outcome, terms.Circuit, now);
        return new(StateOf(runs, outcome, rest), rest, circuit is { IsOpen: true } ? TimeSpan.Zero : terms.DueIn, circuit, Circuit.Change(before, circuit));
    }

    // A batch has open dead letters when it is dead, and only then: without any it would stay for ever.
    private static BatchState StateOf(IReadOnlyList<SettledRun> runs, Outcome outcome, IReadOnlyList<ReportRange> rest)
    {
        if (outcome is Outcome.Deferred)
            return BatchState.Sealed;
        if (runs.Any(run => run.Outcome == BatchState.Dead) || (outcome is Outcome.Rejected && rest.Count > 0))
            return BatchState.Dead;
        return rest.Count > 0 || runs.Any(run => run.Outcome == BatchState.Delivered) ? BatchState.Delivered : BatchState.Discarded;
    }
}
