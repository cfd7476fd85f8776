namespace Exporter.TestKit.Objects;

/// <summary>An object as the double keeps it.</summary>
/// <param name="Key">Unescaped.</param>
/// <param name="Body">What was sent, parts joined.</param>
/// <param name="ETag">With its quotes.</param>
/// <param name="Headers">Of the request that began it, lower case.</param>
/// <param name="Writes">How often the key was written; 1 unless it was replaced.</param>
public sealed record S3Object(string Key, byte[] Body, string ETag, IReadOnlyDictionary<string, string> Headers, int Writes)
{
    /// <summary>User metadata by name without x-amz-meta-.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = Headers
        .Where(header => header.Key.StartsWith(MetadataPrefix, StringComparison.Ordinal))
        .ToDictionary(header => header.Key[MetadataPrefix.Length..], header => header.Value);

    internal const string MetadataPrefix = "x-amz-meta-";
}

/// <summary>A multipart upload that is neither complete nor aborted.</summary>
/// <param name="Id">Given by the double.</param>
/// <param name="Key">Where it would go.</param>
/// <param name="Headers">Of the request that began it, lower case.</param>
public sealed record S3Upload(string Id, string Key, IReadOnlyDictionary<string, string> Headers)
{
    internal SortedDictionary<int, (byte[] Body, string ETag)> Parts { get; } = [];
}
