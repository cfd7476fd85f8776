using Amazon.Runtime;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Objects;
using Microsoft.Extensions.Logging;

namespace Exporter.S3Export.Buckets;

/// <summary>Puts a batch into a bucket as one object: one key a batch, and one object where the store honours conditions.</summary>
internal sealed class S3Sender(S3Clients clients, TimeProvider clock, ILogger<S3Sender> log) : IBatchSender
{
    /// <summary>Attempts that may follow a conflict at once; a store that goes on with conflicts is left in peace for longer and longer.</summary>
    private const int QuickAttempts = 3;

    public async Task<Outcome> SendAsync(DeliveryAttempt attempt, CancellationToken cancel) =>
        await TryAsync(attempt, cancel) switch
        {
            Outcome.Deferred { After: { } after } deferred when after == TimeSpan.Zero && attempt.Claim.Attempt > QuickAttempts => deferred with { After = null },
            var outcome => outcome,
        };

    private async Task<Outcome> TryAsync(DeliveryAttempt attempt, CancellationToken cancel)
    {
        var location = ObjectLocation.Parse(attempt.Batch.Target!.Location);
        var place = new S3Place(attempt.Export, location.Bucket!);
        var step = new S3StepMark();
        using var activity = S3Trace.Start(attempt.Batch, location);
        try
        {
            using var rented = clients.Rent(attempt.Export);
            return await new S3Delivery(rented.Client, attempt, location, place, step, clock, log).SendAsync(cancel);
        }
        catch (Exception e) when (S3Outcomes.Of(e, place, step.Now, clock) is { } outcome)
        {
            // What breaks because the attempt was ended is not the destination's fault; what the store answered is.
            if (e is not AmazonServiceException)
                cancel.ThrowIfCancellationRequested();
            return outcome;
        }
    }
}

/// <summary>Remembers the step that a delivery is at, for the sentence that says which right is missing.</summary>
internal sealed class S3StepMark
{
    public S3Step Now { get; set; }
}
