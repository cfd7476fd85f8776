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
    DeliveryOptions options,
    Func<double> chance,
    TimeProvider clock,
    ILogger log)
{
    private readonly BackOff backOff = new(
        export.Settings.FirstBackOff ?? options.FirstBackOff, export.Settings.LongestBackOff ?? options.LongestBackOff, chance);

    /// <summary>Makes the attempt, and records how it ended or gives the claim back.</summary>
    public async Task RunAsync(CancellationToken stop)
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
        catch (ClaimLostException)
        {
            // Releasing finds the same, and changes nothing.
        }

        await over.CancelAsync();
        await renewing;
        await EndAsync(outcome);
    }

    private async Task<Outcome> SendAsync(CancellationToken cancel)
    {
        var sender = factory.Create(export);
        sender = new StallSender(sender, options, clock);
        sender = new MeasuredSender(sender, clock);
        try
        {
            return Spent(await sender.SendAsync(new(claim, export, new BatchReader(store, claim.Batch), new BatchParts(store, claim, export.Name), () => { }), cancel));
        }
        catch (Exception e) when (e is not OperationCanceledException and not ClaimLostException)
        {
            DeliveryLog.AttemptFailed(log, claim.Batch.Id, export.Name, claim.Attempt, e);
            return Spent(new Outcome.Deferred("internal", $"{e.GetType().Name}: {e.Message}", FaultOf.Batch));
        }
    }

    /// <summary>A deferred batch whose attempts or time are used up by configuration becomes a dead letter.</summary>
    private Outcome Spent(Outcome outcome)
    {
        var (attempts, age) = (export.Settings.MaxAttempts, export.Settings.MaxAge);
        if (outcome is not Outcome.Deferred deferred)
            return outcome;
        if (attempts > 0 && claim.Try >= attempts)
            return new Outcome.Rejected(deferred.ErrorType, $"{deferred.Detail} That was attempt {claim.Try}, the last by configuration.");
        return age > TimeSpan.Zero && claim.ClaimedAt - claim.Batch.SealedAt >= age
            ? new Outcome.Rejected(deferred.ErrorType, $"{deferred.Detail} The batch was sealed more than {age} ago, the most by configuration.")
            : outcome;
    }

    private async Task EndAsync(Outcome? outcome)
    {
        try
        {
            if (outcome is null)
                await store.ReleaseAsync(claim, CancellationToken.None);
            else if (await store.RecordAsync(claim, outcome, TermsOf(outcome), CancellationToken.None) is { } recorded)
                Tell(outcome, recorded);
            else
                DeliveryLog.LateComer(log, claim.Batch.Id, export.Name, claim.Attempt);
        }
        catch (Exception e)
        {
            DeliveryLog.OutcomeUnrecorded(log, claim.Batch.Id, export.Name, e);
        }
    }

    private RecordTerms TermsOf(Outcome outcome) => new(
        outcome is Outcome.Deferred { After: { } after } ? after : backOff.After(claim.Try),
        export.Settings.RetainDelivered,
        new(options.FaultsToOpen, options.FirstBackOff, options.LongestPause, chance()));

    private void Tell(Outcome outcome, Recorded recorded)
    {
        DeliveryMetrics.Settled(export.Name, outcome, recorded.Reports);
        if (outcome is Outcome.Rejected rejected)
            DeliveryLog.DeadLettered(log, claim.Batch.Id, export.Name, recorded.Reports, rejected.ErrorType, rejected.Detail);
        if (recorded.Circuit == CircuitChange.Closed)
            DeliveryLog.CircuitClosed(log, export.Name);
        else if (recorded.Circuit == CircuitChange.Opened && outcome is Outcome.Deferred deferred)
            DeliveryLog.CircuitOpened(log, export.Name, deferred.ErrorType, deferred.Detail);
    }

    private async Task RenewAsync(CancellationTokenSource over)
    {
        using var timer = new PeriodicTimer(options.Lease / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(over.Token))
                await RenewOnceAsync(over);
        }
        catch (OperationCanceledException)
        {
            // The attempt is over.
        }
    }

    private async Task RenewOnceAsync(CancellationTokenSource over)
    {
        try
        {
            if (!await store.RenewAsync(claim, options.Lease, over.Token))
                await over.CancelAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException || !over.IsCancellationRequested)
        {
            // The next tick tries again. Should the lease run out before, whoever claims the batch fences this attempt.
            DeliveryLog.LeaseUnrenewed(log, claim.Batch.Id, export.Name, e);
        }
    }
}
