namespace Exporter.Delivery.Objects;

/// <summary>Where one object stands, taken apart. Locations are literal: nothing in them is percent-decoded.</summary>
/// <param name="Bucket">The S3 bucket, or null for a file.</param>
/// <param name="Key">The object's key, or the file's absolute path.</param>
public sealed record ObjectLocation(string? Bucket, string Key)
{
    /// <summary>What an S3 location begins with.</summary>
    public const string S3Scheme = "s3://";

    /// <summary>What a file's location begins with.</summary>
    public const string FileScheme = "file://";

    /// <summary>Whether it is a file's path.</summary>
    public bool IsFile => Bucket is null;

    /// <summary>Takes a frozen location apart.</summary>
    /// <exception cref="FormatException">The text is neither s3://bucket/key nor file:///path.</exception>
    public static ObjectLocation Parse(string location)
    {
        if (location.StartsWith(FileScheme + "/", StringComparison.Ordinal))
            return new(null, location[FileScheme.Length..]);

        var slash = location.StartsWith(S3Scheme, StringComparison.Ordinal) ? location.IndexOf('/', S3Scheme.Length) : -1;
        return slash > S3Scheme.Length && slash < location.Length - 1
            ? new(location[S3Scheme.Length..slash], location[(slash + 1)..])
            : throw new FormatException($"An object's location must be s3://bucket/key or file:///path, found '{location}'.");
    }
}
