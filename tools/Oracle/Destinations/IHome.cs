using Exporter.Oracle.Submissions;

namespace Exporter.Oracle.Destinations;

/// <summary>An Exporter on a store of its own, what was handed in there, and where it goes.</summary>
internal interface IHome
{
    Journal Journal { get; }

    /// <summary>Its exports.</summary>
    IReadOnlyList<ExportPlan> Exports { get; }

    /// <summary>Where an export's reports arrive; null where nothing is kept.</summary>
    IDestination? DestinationOf(ExportPlan export);

    /// <summary>What the store still holds, read past Exporter; 0 when nothing is on its way.</summary>
    Task<StoreRows> CountRowsAsync(CancellationToken cancel);
}

/// <summary>Rows that are gone when everything is delivered and released.</summary>
/// <param name="Blocks">State of blocks.</param>
/// <param name="Payloads">Payloads, or memberships where payloads go with their shelf.</param>
internal sealed record StoreRows(long Blocks, long Payloads)
{
    public static StoreRows None { get; } = new(0, 0);
}
