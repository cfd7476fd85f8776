namespace Exporter.TestKit.Objects;

/// <summary>What a store makes of If-None-Match.</summary>
public enum S3Conditions
{
    /// <summary>412 when the key is taken, for single and multipart writes.</summary>
    Honoured,

    /// <summary>Like Ceph RGW 16: honoured for PUT, ignored at the completion of an upload.</summary>
    PutOnly,

    /// <summary>The object is replaced.</summary>
    Ignored,

    /// <summary>501.</summary>
    Refused,
}
