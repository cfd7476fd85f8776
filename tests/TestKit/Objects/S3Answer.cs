using System.Xml.Linq;

namespace Exporter.TestKit.Objects;

/// <summary>An answer before it is written: status, headers, XML.</summary>
internal sealed record S3Answer(int Status, string Xml = "")
{
    private static readonly XNamespace Space = "http://s3.amazonaws.com/doc/2006-03-01/";

    public Dictionary<string, string> Headers { get; init; } = [];

    public byte[]? Body { get; init; }

    public long? Length { get; init; }

    public static S3Answer Failed(int status, string code) => new(
        status,
        new XElement("Error", new XElement("Code", code), new XElement("Message", $"The double says {code}."), new XElement("RequestId", "1")).ToString());

    public static S3Answer WithETag(string tag) => new(200) { Headers = new() { ["ETag"] = tag } };

    public static S3Answer Of(S3Object item, bool withBody) => new(200)
    {
        Headers = new(item.Headers
            .Where(header => header.Key is "content-type" or "content-encoding" || header.Key.StartsWith(S3Object.MetadataPrefix, StringComparison.Ordinal)))
        {
            ["ETag"] = item.ETag,
        },
        Length = item.Body.Length,
        Body = withBody ? item.Body : null,
    };

    public static S3Answer Completed(string key, string tag) => Element(new(
        Space + "CompleteMultipartUploadResult", new XElement(Space + "Key", key), new XElement(Space + "ETag", tag)));

    public static S3Answer UploadMade(string bucket, string key, string id) => Element(new(
        Space + "InitiateMultipartUploadResult",
        new XElement(Space + "Bucket", bucket),
        new XElement(Space + "Key", key),
        new XElement(Space + "UploadId", id)));

    public static S3Answer OfUploads(string bucket, IReadOnlyList<S3Upload> page, bool isTruncated) => Element(new(
        Space + "ListMultipartUploadsResult",
        new XElement(Space + "Bucket", bucket),
        new XElement(Space + "IsTruncated", isTruncated),
        isTruncated ? new XElement(Space + "NextKeyMarker", page[^1].Key) : null,
        isTruncated ? new XElement(Space + "NextUploadIdMarker", page[^1].Id) : null,
        page.Select(upload => new XElement(
            Space + "Upload", new XElement(Space + "Key", upload.Key), new XElement(Space + "UploadId", upload.Id)))));

    public static S3Answer OfObjects(string bucket, IReadOnlyList<S3Object> page) => Element(new(
        Space + "ListBucketResult",
        new XElement(Space + "Name", bucket),
        new XElement(Space + "KeyCount", page.Count),
        new XElement(Space + "IsTruncated", false),
        page.Select(item => new XElement(
            Space + "Contents",
            new XElement(Space + "Key", item.Key),
            new XElement(Space + "Size", item.Body.Length),
            new XElement(Space + "ETag", item.ETag)))));

    private static S3Answer Element(XElement element) => new(200, element.ToString());
}
