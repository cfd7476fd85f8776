using Exporter.Delivery.Blocks;

namespace Exporter.Storage;

/// <summary>Whether an export that was told to refuse reports at Ingest is full (rule C7); set by the routing sweep.</summary>
public sealed class ExportLimits
{
    private volatile StoreRefusal? refusal;

    /// <summary>Why Ingest takes nothing in, or null.</summary>
    public StoreRefusal? Refusal => refusal;

    /// <summary>Notes the full export, or null for none.</summary>
    /// <param name="exportName">Its label.</param>
    /// <param name="waiting">Reports that it holds.</param>
    /// <param name="most">Its limit.</param>
    public void Note(string? exportName, long waiting = 0, long most = 0) =>
        refusal = exportName is null
            ? null
            : new("export_full", $"Export '{exportName}' holds {waiting} reports, its limit is {most}, and it is configured to refuse more.", TimeSpan.FromSeconds(30));

    /// <summary>Called with an export's name and the reports that were discarded for it.</summary>
    public Action<string, long> NoteDiscarded { get; set; } = (_, _) => { };
}
