namespace Exporter.Delivery.Batches;

/// <summary>Takes one batch to its destination. Chains of senders decorate one another.</summary>
public interface IBatchSender
{
    /// <summary>Makes one attempt. Faults of network, store and partner are outcomes, not exceptions.</summary>
    /// <param name="attempt">What to send, how to read it, and where to tell progress.</param>
    /// <param name="cancel">The attempt's end: a stop, the hard cap, or a lease that was lost.</param>
    Task<Outcome> SendAsync(DeliveryAttempt attempt, CancellationToken cancel);
}
