using System.Diagnostics.Metrics;
using Exporter.Delivery.Telemetry;

namespace Exporter.Doorbells.Ringing;

/// <summary>What is counted on the way of doorbells.</summary>
internal static class DoorbellMetrics
{
    private static readonly Counter<long> Published = ExporterMeter.Meter.CreateCounter<long>("exporter.doorbell.published", "{message}", "Doorbells given to the bus.");
    private static readonly Counter<long> Received = ExporterMeter.Meter.CreateCounter<long>("exporter.doorbell.refused", "{message}", "Messages from the bus that were no doorbells.");

    public static void Sent(string message) =>
        Published.Add(1, new("exporter.doorbell", message), new("exporter.outcome", "sent"));

    public static void Dropped(string message, string errorType) =>
        Published.Add(1, new("exporter.doorbell", message), new("exporter.outcome", "dropped"), new("error.type", errorType));

    public static void Refused(string queue, string errorType) =>
        Received.Add(1, new("exporter.doorbell.queue", queue), new("error.type", errorType));
}
