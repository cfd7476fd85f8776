using Exporter.Delivery.Sending;

namespace Exporter.Delivery.Batches;

/// <summary>What of a claimed batch is settled already, for senders that deliver in parts: it lasts across attempts and restarts.</summary>
/// <param name="store">The batch's.</param>
/// <param name="claim">The attempt that delivers.</param>
/// <param name="export">The export's name, for metrics.</param>
public sealed class BatchParts(IBatchStore store, Claim claim, string export)
{
    /// <summary>The runs that need no more sending (delivered, dead letters, discarded): disjoint, in order.</summary>
    public Task<IReadOnlyList<ReportRange>> ReadSettledAsync(CancellationToken cancel) => store.ReadSettledAsync(claim.Batch.Id, cancel);

    /// <summary>Records that the destination has a part.</summary>
    /// <exception cref="ClaimLostException">The batch is another attempt's now.</exception>
    public Task DeliveredAsync(ReportRange part, CancellationToken cancel) => RecordAsync(part, new Outcome.Delivered(), cancel);

    /// <summary>Makes a part dead letters.</summary>
    /// <exception cref="ClaimLostException">The batch is another attempt's now.</exception>
    public Task RejectedAsync(ReportRange part, Outcome.Rejected refusal, CancellationToken cancel) => RecordAsync(part, refusal, cancel);

    private async Task RecordAsync(ReportRange part, Outcome outcome, CancellationToken cancel)
    {
        if (!await store.RecordPartAsync(claim, part, outcome as Outcome.Rejected, cancel))
            throw new ClaimLostException(claim);
        DeliveryMetrics.Settled(export, outcome, part.Count);
    }
}
