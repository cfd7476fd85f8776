using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Objects;
using Exporter.Geosubmit.Bodies;

namespace Exporter.S3Export.Buckets;

/// <summary>Every request about one object, with all its headers.</summary>
internal sealed class S3Requests(string bucket, string key, ObjectTarget target, ObjectSettings settings, IReadOnlyDictionary<string, string> metadata)
{
    private const string Absent = "*";

    public string Key => key;

    public static Dictionary<string, string> MetadataOf(Batch batch) => new()
    {
        [StandingObject.BatchId] = batch.Id.ToString("D"),
        ["report-count"] = batch.ReportCount.ToString(CultureInfo.InvariantCulture),
        ["first-observed-at"] = Moment(batch.FirstObservedAt),
        ["last-observed-at"] = Moment(batch.LastObservedAt),
        ["schema-version"] = "geosubmit/2",
        [StandingObject.MembersSha256] = Convert.ToHexStringLower(batch.MembersSha256.Span),
    };

    public GetObjectMetadataRequest Head() => new() { BucketName = bucket, Key = key };

    public DeleteObjectRequest Delete() => new() { BucketName = bucket, Key = key };

    public PutObjectRequest Put(BodyPart body, string sha256, bool conditional, Action progress)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = key,
            InputStream = new BodyPartStream(body, progress),
            AutoCloseStream = false,
            UseChunkEncoding = false,
            ContentType = ContentType,
            IfNoneMatch = conditional ? Absent : null,
            ServerSideEncryptionMethod = Encryption,
            ServerSideEncryptionKeyManagementServiceKeyId = Given(settings.KmsKeyId),
            StorageClass = StorageClass,
            CannedACL = Acl,
            TagSet = Tags,
        };
        request.Headers.ContentEncoding = ContentEncoding;
        foreach (var (name, value) in metadata)
            request.Metadata.Add(name, value);
        request.Metadata.Add(StandingObject.Sha256, sha256);
        return request;
    }

    public InitiateMultipartUploadRequest CreateUpload()
    {
        var request = new InitiateMultipartUploadRequest
        {
            BucketName = bucket,
            Key = key,
            ContentType = ContentType,
            ServerSideEncryptionMethod = Encryption,
            ServerSideEncryptionKeyManagementServiceKeyId = Given(settings.KmsKeyId),
            StorageClass = StorageClass,
            CannedACL = Acl,
            TagSet = Tags,
        };
        request.Headers.ContentEncoding = ContentEncoding;
        foreach (var (name, value) in metadata)
            request.Metadata.Add(name, value);
        return request;
    }

    public UploadPartRequest UploadPart(string upload, int number, BodyPart body, Action progress) => new()
    {
        BucketName = bucket,
        Key = key,
        UploadId = upload,
        PartNumber = number,
        PartSize = body.Length,
        InputStream = new BodyPartStream(body, progress),
        UseChunkEncoding = false,
    };

    public CompleteMultipartUploadRequest CompleteUpload(string upload, List<PartETag> parts, bool conditional) => new()
    {
        BucketName = bucket,
        Key = key,
        UploadId = upload,
        PartETags = parts,
        IfNoneMatch = conditional ? Absent : null,
    };

    public AbortMultipartUploadRequest AbortUpload(string upload) => new() { BucketName = bucket, Key = key, UploadId = upload };

    public ListMultipartUploadsRequest ListUploads(string? keyMarker, string? uploadMarker) =>
        new() { BucketName = bucket, Prefix = key, KeyMarker = keyMarker, UploadIdMarker = uploadMarker };

    private string ContentType => target.Format == ObjectFormat.Ndjson ? "application/x-ndjson" : "application/json";

    private string? ContentEncoding => target.Compression == ObjectCompression.Gzip ? "gzip" : null;

    private ServerSideEncryptionMethod? Encryption => Given(settings.ServerSideEncryption) is { } method ? new(method) : null;

    private S3StorageClass? StorageClass => Given(settings.StorageClass) is { } name ? new(name) : null;

    private S3CannedACL? Acl => Given(settings.Acl) is { } name ? new(name) : null;

    private List<Tag>? Tags => settings.ValueByTag.Count == 0
        ? null
        : [.. settings.ValueByTag.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];

    private static string? Given(string text) => text.Length == 0 ? null : text;

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
