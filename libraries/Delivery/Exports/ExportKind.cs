namespace Exporter.Delivery.Exports;

/// <summary>What sort of destination an export has.</summary>
public enum ExportKind
{
    /// <summary>Takes everything and keeps nothing.</summary>
    Dummy = 1,

    /// <summary>An HTTPS partner that speaks geosubmit v2.</summary>
    Geosubmit = 2,

    /// <summary>The platform's own station database; at most one.</summary>
    Internal = 3,

    /// <summary>Objects in S3 or in a folder.</summary>
    S3 = 4,
}
