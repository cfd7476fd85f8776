using System.Diagnostics.Metrics;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Telemetry;
using Microsoft.Extensions.Logging;

namespace Exporter.Storage;

/// <summary>Whether an export that was told to refuse reports at Ingest is full (rule C7); set by the routing sweep.</summary>
public sealed partial class ExportLimits(ILogger<ExportLimits> log)
{
    private static readonly Counter<long> Discarded =
        ExporterMeter.Meter.CreateCounter<long>("exporter.export.discarded", "{report}", "Reports discarded because their export held too many.");

    private volatile StoreRefusal? refusal;

    /// <summary>Why Ingest takes nothing in, or null.</summary>
    public StoreRefusal? Refusal => refusal;

    /// <summary>Notes the full export, or null for none.</summary>
    /// <param name="exportName">Its label.</param>
    /// <param name="waiting">Reports that it holds.</param>
    /// <param name="most">Its limit.</param>
    public void Note(string? exportName, long waiting = 0, long most = 0) =>
        refusal = exportName is null ? null : RefusalOf(exportName, waiting, most);

    /// <summary>What Ingest tells while an export is full.</summary>
    internal static StoreRefusal RefusalOf(string exportName, long waiting, long most) =>
        new("export_full", $"Export '{exportName}' holds {waiting} reports, its limit is {most}, and it is configured to refuse more.", TimeSpan.FromSeconds(30));

    /// <summary>Counts and logs what was discarded for an export that holds too much.</summary>
    internal void NoteDiscarded(string exportName, long reports)
    {
        if (reports == 0)
            return;

        Discarded.Add(reports, new KeyValuePair<string, object?>("exporter.export.name", exportName));
        Logged(log, exportName, reports);
    }

    [LoggerMessage(EventId = 9301, Level = LogLevel.Error, EventName = "OldestDiscarded", Message =
        "Export {Export} holds more than its limit: its {Reports} oldest reports were discarded, as it is configured.")]
    private static partial void Logged(ILogger log, string export, long reports);
}
