using System.Diagnostics.Metrics;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Telemetry;

namespace Exporter.Delivery.Sending;

/// <summary>What is counted at the delivery of batches.</summary>
internal static class DeliveryMetrics
{
    private static readonly Counter<long> Attempts = ExporterMeter.Meter.CreateCounter<long>("exporter.export.attempts", "{attempt}", "Attempts to deliver a batch.");
    private static readonly Counter<long> Reports = ExporterMeter.Meter.CreateCounter<long>("exporter.export.reports", "{report}", "Reports that came to their end here.");
    private static readonly Counter<long> DeadReports = ExporterMeter.Meter.CreateCounter<long>("exporter.dead_letter.reports", "{report}", "Reports that became dead letters.");
    private static readonly UpDownCounter<long> InFlight = ExporterMeter.Meter.CreateUpDownCounter<long>("exporter.export.inflight", "{batch}", "Batches being delivered.");
    private static readonly Histogram<double> Duration = ExporterMeter.Meter.CreateHistogram<double>("exporter.export.duration", "s", "Time of one attempt.");
    private static readonly Histogram<double> Lag = ExporterMeter.Meter.CreateHistogram<double>("exporter.export.lag", "s", "Time from the receipt of a batch's oldest report to its delivery.");
    private static readonly Histogram<long> Size = ExporterMeter.Meter.CreateHistogram<long>("exporter.batch.size", "By", "Bytes of a batch as sent.");
    private static readonly Histogram<long> BatchReports = ExporterMeter.Meter.CreateHistogram<long>("exporter.batch.reports", "{report}", "Reports in a delivered batch.");

    public static void Begin(string export) => InFlight.Add(1, Export(export));

    public static void End(DeliveryAttempt attempt, Outcome outcome, TimeSpan took, DateTimeOffset now)
    {
        var export = Export(attempt.Export.Name);
        var (word, error) = Words(outcome);
        InFlight.Add(-1, export);
        Attempts.Add(1, export, new("exporter.outcome", word), new("error.type", error));
        Duration.Record(took.TotalSeconds, export, new("error.type", error));
        if (outcome is not Outcome.Delivered delivered)
            return;

        var trigger = new KeyValuePair<string, object?>("exporter.batch.trigger", attempt.Batch.Trigger.ToString().ToLowerInvariant());
        Lag.Record((now - attempt.Batch.OldestAt).TotalSeconds, export);
        BatchReports.Record(attempt.Batch.ReportCount, export, trigger);
        if (delivered.Receipt is { } receipt)
            Size.Record(receipt.Bytes, export, trigger);
    }

    /// <summary>Reports came to their end, and that is recorded.</summary>
    public static void Settled(string export, Outcome outcome, long reports)
    {
        if (outcome is Outcome.Deferred || reports == 0)
            return;

        var (word, error) = Words(outcome);
        Reports.Add(reports, Export(export), new("exporter.outcome", word), new("error.type", error));
        if (outcome is Outcome.Rejected)
            DeadReports.Add(reports, Export(export), new KeyValuePair<string, object?>("error.type", error));
    }

    private static KeyValuePair<string, object?> Export(string name) => new("exporter.export.name", name);

    private static (string Word, string? Error) Words(Outcome outcome) => outcome switch
    {
        Outcome.Deferred deferred => ("deferred", deferred.ErrorType),
        Outcome.Rejected rejected => ("dead", rejected.ErrorType),
        _ => ("delivered", null),
    };
}
