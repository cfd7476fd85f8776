using Exporter.Delivery.Exports;

namespace Exporter.Delivery.Objects;

/// <summary>Freezes into batches how their requests are cut (rule S5).</summary>
public static class RequestSize
{
    private const int Most = 10_000;
    private const int WithoutBatchSize = 1000;

    /// <summary>Most reports of one request of a batch that is sealed now; null for kinds without requests.</summary>
    public static int? Freeze(ExportDefinition export)
    {
        if (export.Kind != ExportKind.Geosubmit)
            return null;

        return export.Settings.BatchReports == 0 ? WithoutBatchSize : Math.Min(export.Settings.BatchReports, Most);
    }
}
