namespace Exporter.Delivery.Exports;

/// <summary>What happens when an export holds more than its own limit (rule C7).</summary>
public enum FullPolicy
{
    /// <summary>Wait: only the store's limit refuses reports.</summary>
    Wait = 1,

    /// <summary>Refuse new reports at Ingest.</summary>
    RefuseIngest = 2,

    /// <summary>Discard the export's oldest reports, counted and logged as errors.</summary>
    DiscardOldest = 3,
}
