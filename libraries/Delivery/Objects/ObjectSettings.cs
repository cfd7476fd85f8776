namespace Exporter.Delivery.Objects;

/// <summary>How objects are written: for exports of kind s3.</summary>
public sealed record ObjectSettings
{
    /// <summary>The body's format.</summary>
    public ObjectFormat Format { get; init; } = ObjectFormat.Json;

    /// <summary>The body's compression.</summary>
    public ObjectCompression Compression { get; init; } = ObjectCompression.Gzip;

    /// <summary>How hard gzip tries.</summary>
    public GzipLevel CompressionLevel { get; init; } = GzipLevel.Fastest;

    /// <summary>Address of an S3-compatible store; empty is AWS.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>AWS region; empty is us-east-1 with an endpoint, else the SDK's usual chain.</summary>
    public string Region { get; init; } = "";

    /// <summary>Bucket in the path instead of in the host name.</summary>
    public bool UsePathStyle { get; init; }

    /// <summary>AES256 or aws:kms; empty is the bucket's default.</summary>
    public string ServerSideEncryption { get; init; } = "";

    /// <summary>For aws:kms.</summary>
    public string KmsKeyId { get; init; } = "";

    /// <summary>Such as STANDARD_IA; empty is the store's default.</summary>
    public string StorageClass { get; init; } = "";

    /// <summary>A canned ACL such as bucket-owner-full-control; empty is none.</summary>
    public string Acl { get; init; } = "";

    /// <summary>Object tags.</summary>
    public IReadOnlyDictionary<string, string> ValueByTag { get; init; } = new Dictionary<string, string>();

    /// <summary>when_required, when_supported, or empty: when_required with an endpoint, else when_supported (rule O4).</summary>
    public string Checksums { get; init; } = "";

    /// <summary>Part of a multipart upload, in bytes; a body of at most one part is a single PUT.</summary>
    public long PartSizeBytes { get; init; } = 8L * 1024 * 1024;

    /// <summary>Name of a secret with two lines, access key and secret key; empty is the SDK's usual chain.</summary>
    public string CredentialsSecret { get; init; } = "";
}

/// <summary>The body's format.</summary>
public enum ObjectFormat
{
    /// <summary>One document: {"items":[…]}.</summary>
    Json = 1,

    /// <summary>One report a line.</summary>
    Ndjson = 2,
}

/// <summary>The body's compression.</summary>
public enum ObjectCompression
{
    /// <summary>RFC 1952.</summary>
    Gzip = 1,

    /// <summary>As it is.</summary>
    None = 2,
}

/// <summary>How hard gzip tries; the numbers of the measured sizes are in docs/bench.md.</summary>
public enum GzipLevel
{
    /// <summary>System.IO.Compression's Fastest.</summary>
    Fastest = 1,

    /// <summary>System.IO.Compression's Optimal.</summary>
    Optimal = 2,

    /// <summary>System.IO.Compression's SmallestSize.</summary>
    Smallest = 3,
}
