using System.Diagnostics;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Keys;
using Exporter.Delivery.Objects;
using Exporter.Delivery.Telemetry;

namespace Exporter.S3Export.Buckets;

/// <summary>The span of one attempt at S3; an API key in the object's key stands there as its short hash (rule I6).</summary>
internal static class S3Trace
{
    public static Activity? Start(Batch batch, ObjectLocation location) =>
        ExporterMeter.Activities.StartActivity("S3.PutObject", ActivityKind.Client)
            ?.SetTag("aws.s3.bucket", location.Bucket)
            .SetTag("aws.s3.key", KeyWithHash(batch, location.Key));

    private static string KeyWithHash(Batch batch, string key)
    {
        var slash = batch.Partition.IndexOf('/', StringComparison.Ordinal);
        var apiKey = slash < 0 ? "" : batch.Partition[(slash + 1)..];
        return apiKey.Length is 0 ? key : key.Replace(ObjectName.Segment(apiKey), apiKey == ObjectName.NoKey ? apiKey : ApiKey.ShortHash(apiKey), StringComparison.Ordinal);
    }
}
