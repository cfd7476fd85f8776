using System.Text.RegularExpressions;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Secrets;

namespace Exporter.Delivery.Objects;

/// <summary>What the settings of an export of kind s3 must fulfil, asked when it is saved.</summary>
public static partial class ObjectRules
{
    /// <summary>The smallest part of a multipart upload, in bytes: S3's own bound.</summary>
    public const long MinPartSizeBytes = 5L * 1024 * 1024;

    /// <summary>The largest part, in bytes: an upload holds two in memory.</summary>
    public const long MaxPartSizeBytes = 256L * 1024 * 1024;

    /// <summary>The most parts in an upload: S3's own bound.</summary>
    public const int MaxParts = 10_000;

    private const int MaxTags = 10;

    /// <summary>The most bytes of body that a packed byte becomes, uncompressed and with every field short.</summary>
    private const int BodyBytesPerPackedByte = 16;

    private static readonly string[] Acls =
    [
        "private", "public-read", "public-read-write", "aws-exec-read", "authenticated-read", "bucket-owner-read",
        "bucket-owner-full-control", "log-delivery-write",
    ];

    /// <summary>Every fault of url and object settings: the field's path in the contract, and a sentence.</summary>
    public static IEnumerable<(string Field, string Problem)> Problems(ExportSettings settings)
    {
        ObjectKeyTemplate.TryParse(settings.Url, out var problems);
        return problems.Select(problem => ("settings.url", problem))
            .Concat(Body(settings))
            .Concat(Store(settings.Objects))
            .Concat(Headers(settings.Objects));
    }

    private static IEnumerable<(string, string)> Body(ExportSettings settings)
    {
        var objects = settings.Objects;
        if (!Enum.IsDefined(objects.Format))
            yield return ("settings.object.format", $"The format must be json or ndjson, found {(int)objects.Format}.");
        if (!Enum.IsDefined(objects.Compression))
            yield return ("settings.object.compression", $"The compression must be gzip or none, found {(int)objects.Compression}.");
        if (!Enum.IsDefined(objects.CompressionLevel))
            yield return ("settings.object.compression_level", $"The level must be fastest, optimal or smallest, found {(int)objects.CompressionLevel}.");
        if (objects.PartSizeBytes is < MinPartSizeBytes or > MaxPartSizeBytes)
            yield return ("settings.object.part_size_bytes", $"The part size must be from {MinPartSizeBytes} to {MaxPartSizeBytes} bytes, found {objects.PartSizeBytes}.");
        else if (settings.MaxBatchBytes / MaxParts * BodyBytesPerPackedByte > objects.PartSizeBytes)
            yield return ("settings.object.part_size_bytes", $"A batch of {settings.MaxBatchBytes} bytes may need more than {MaxParts} parts of {objects.PartSizeBytes} bytes. Enlarge part_size_bytes or lower max_batch_bytes.");
    }

    private static IEnumerable<(string, string)> Store(ObjectSettings objects)
    {
        if (objects.Endpoint.Length > 0 && !IsEndpoint(objects.Endpoint))
            yield return ("settings.object.endpoint", "The endpoint must be http://host:port or https://host:port, without user, path or query.");
        if (objects.Region.Length > 0 && !Region().IsMatch(objects.Region))
            yield return ("settings.object.region", $"The region must have up to 64 lower-case letters, digits and hyphens, found '{objects.Region}'.");
        if (objects.Checksums is not ("" or "when_required" or "when_supported"))
            yield return ("settings.object.checksums", $"checksums must be when_required or when_supported, found '{objects.Checksums}'.");
        if (objects.CredentialsSecret.Length > 0 && !SecretFolder.IsName(objects.CredentialsSecret))
            yield return ("settings.object.credentials_secret", SecretFolder.NameRule);
    }

    private static IEnumerable<(string, string)> Headers(ObjectSettings objects)
    {
        if (objects.ServerSideEncryption is not ("" or "AES256" or "aws:kms"))
            yield return ("settings.object.server_side_encryption", $"The encryption must be AES256 or aws:kms, found '{objects.ServerSideEncryption}'.");
        if (objects.KmsKeyId.Length > 0 && objects.ServerSideEncryption != "aws:kms")
            yield return ("settings.object.kms_key_id", "A KMS key needs server_side_encryption aws:kms.");
        if (objects.StorageClass.Length > 0 && !StorageClass().IsMatch(objects.StorageClass))
            yield return ("settings.object.storage_class", $"The storage class must have up to 64 letters, digits, hyphens and underscores, found '{objects.StorageClass}'.");
        if (objects.Acl.Length > 0 && !Acls.Contains(objects.Acl))
            yield return ("settings.object.acl", $"The ACL must be one of {string.Join(", ", Acls)}, found '{objects.Acl}'.");
        if (objects.ValueByTag.Count > MaxTags)
            yield return ("settings.object.value_by_tag", $"An object can have at most {MaxTags} tags, found {objects.ValueByTag.Count}.");
        foreach (var (tag, value) in objects.ValueByTag)
        {
            if (!TagText().IsMatch(tag) || tag.Length > 128 || !TagText().IsMatch(value) && value.Length > 0 || value.Length > 256)
                yield return ("settings.object.value_by_tag", $"The tag '{tag}' must have a name of 1 to 128 and a value of up to 256 letters, digits, spaces and + - = . _ : / @.");
        }
    }

    private static bool IsEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
        && uri.Host.Length > 0;

    [GeneratedRegex("^[a-z0-9-]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Region();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex StorageClass();

    [GeneratedRegex(@"^[\p{L}\p{N} +\-=._:/@]+$", RegexOptions.CultureInvariant)]
    private static partial Regex TagText();
}
