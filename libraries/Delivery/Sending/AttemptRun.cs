using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Microsoft.Extensions.Logging;

namespace Exporter.Delivery.Sending;

/// <summary>One attempt from claim to recorded outcome; renews the lease while something moves.</summary>
internal sealed class AttemptRun(
    Claim claim,
    ExportDefinition export,
    IBatchSenderFactory factory,
    IBatchStore store,
    BackOff backOff,
    DeliveryOptions options,
    TimeProvider clock,
    ILogger log)
{
    /// <summary>Makes the attempt. Null: the claim was released or lost, so nothing was recorded.</summary>
    public async Task<Outcome?> RunAsync(CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var renewing = RenewAsync(over);
        Outcome? outcome = null;
        try
        {
            outcome = await SendAsync(over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Stopped, or the lease is another worker's now.
        }

        await over.CancelAsync();
        await renewing;
        return await EndAsync(outcome);
    }

    private async Task<Outcome> SendAsync(CancellationToken cancel)
    {
        var sender = factory.Create(export);
        sender = new StallSender(sender, options, clock);
        sender = new MeasuredSender(sender, clock);
        try
        {
            return Spent(await sender.SendAsync(new(claim, export, new BatchReader(store, claim.Batch), () => { }), cancel));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            DeliveryLog.AttemptFailed(log, claim.Batch.Id, export.Name, claim.Attempt, e);
            return Spent(new Outcome.Deferred("internal", $"{e.GetType().Name}: {e.Message}", FaultOf.Batch));
        }
    }

    private Outcome Spent(Outcome outcome) =>
        outcome is Outcome.Deferred deferred && export.Settings.MaxAttempts > 0 && claim.Attempt >= export.Settings.MaxAttempts
            ? new Outcome.Rejected(deferred.ErrorType, $"{deferred.Detail} That was attempt {claim.Attempt}, the last by configuration.")
            : outcome;

    private async Task<Outcome?> EndAsync(Outcome? outcome)
    {
        try
        {
            if (outcome is null)
            {
                await store.ReleaseAsync(claim, CancellationToken.None);
                return null;
            }

            var dueIn = outcome is Outcome.Deferred { After: { } after } ? after : backOff.After(claim.Attempt);
            if (!await store.RecordAsync(claim, outcome, dueIn, export.Settings.RetainDelivered, CancellationToken.None))
            {
                DeliveryLog.LateComer(log, claim.Batch.Id, export.Name, claim.Attempt);
                return null;
            }

            if (outcome is Outcome.Rejected rejected)
                DeliveryLog.DeadLettered(log, claim.Batch.Id, export.Name, claim.Batch.ReportCount, rejected.ErrorType, rejected.Detail);
            return outcome;
        }
        catch (Exception e)
        {
            DeliveryLog.OutcomeUnrecorded(log, claim.Batch.Id, export.Name, e);
            return null;
        }
    }

    private async Task RenewAsync(CancellationTokenSource over)
    {
        using var timer = new PeriodicTimer(options.Lease / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(over.Token))
            {
                if (!await store.RenewAsync(claim, options.Lease, over.Token))
                    await over.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The attempt is over.
        }
        catch (Exception e)
        {
            // The lease may run out; whoever claims the batch then fences this attempt.
            DeliveryLog.LeaseUnrenewed(log, claim.Batch.Id, export.Name, e);
        }
    }
}
