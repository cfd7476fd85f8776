using Exporter.Delivery.Batches;

namespace Exporter.Delivery.Sending;

/// <summary>Ends an attempt in which nothing moves any more, or that takes too long altogether (rule C3).</summary>
public sealed class StallSender(IBatchSender next, DeliveryOptions options, TimeProvider clock) : IBatchSender
{
    /// <inheritdoc />
    public async Task<Outcome> SendAsync(DeliveryAttempt attempt, CancellationToken cancel)
    {
        using var cap = new CancellationTokenSource(options.AttemptTimeout, clock);
        using var stall = new CancellationTokenSource(options.StallTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, cap.Token, stall.Token);
        try
        {
            return await next.SendAsync(attempt with { Progress = () => stall.CancelAfter(options.StallTimeout) }, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return stall.IsCancellationRequested
                ? new Outcome.Deferred("stalled", $"Nothing moved for {options.StallTimeout}. Check the destination and the network to it.", FaultOf.Destination)
                : new Outcome.Deferred("timeout", $"The attempt took longer than {options.AttemptTimeout}. Make batches smaller.", FaultOf.Batch);
        }
    }
}
