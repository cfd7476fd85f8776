using System.Diagnostics.Metrics;
using Exporter.Delivery.Telemetry;

namespace Exporter.Router.Telemetry;

internal static class RouterMetrics
{
    private static readonly Counter<long> RoutedReports =
        ExporterMeter.Meter.CreateCounter<long>("exporter.route.reports", "{report}", "Reports routed, by export; none: skipped by all.");

    public static void Routed(IReadOnlyDictionary<string, long> reports)
    {
        foreach (var (export, count) in reports)
            RoutedReports.Add(count, new KeyValuePair<string, object?>("exporter.export.name", export));
    }
}
