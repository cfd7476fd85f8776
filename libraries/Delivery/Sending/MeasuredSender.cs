using System.Diagnostics;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Telemetry;

namespace Exporter.Delivery.Sending;

/// <summary>Counts, times and traces one attempt.</summary>
public sealed class MeasuredSender(IBatchSender next, TimeProvider clock) : IBatchSender
{
    /// <inheritdoc />
    public async Task<Outcome> SendAsync(DeliveryAttempt attempt, CancellationToken cancel)
    {
        using var activity = ExporterMeter.Activities.StartActivity("deliver batch");
        activity?.SetTag("exporter.export.name", attempt.Export.Name).SetTag("exporter.batch.id", attempt.Batch.Id);
        var begun = clock.GetTimestamp();
        DeliveryMetrics.Begin(attempt.Export.Name);
        Outcome outcome = new Outcome.Deferred("cancelled", "The attempt was given up.", FaultOf.Batch);
        try
        {
            outcome = await next.SendAsync(attempt, cancel);
            if (outcome is Outcome.Deferred deferred)
                activity?.SetStatus(ActivityStatusCode.Error, deferred.ErrorType);
            return outcome;
        }
        finally
        {
            DeliveryMetrics.End(attempt, outcome, clock.GetElapsedTime(begun), clock.GetUtcNow());
        }
    }
}
