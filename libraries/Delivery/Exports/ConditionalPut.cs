namespace Exporter.Delivery.Exports;

/// <summary>How a store answers conditional writes, as a check found out (rule O3).</summary>
public enum ConditionalPut
{
    /// <summary>Never checked: treated as <see cref="Honoured"/>, with a HEAD before every completion.</summary>
    Unknown = 0,

    /// <summary>Honoured for single and multipart writes.</summary>
    Honoured = 1,

    /// <summary>Honoured for a single PUT, ignored when a multipart upload is completed.</summary>
    PutOnly = 2,

    /// <summary>Ignored: the object is replaced.</summary>
    Ignored = 3,

    /// <summary>Answered with an error such as 501.</summary>
    Refused = 4,
}
