using Microsoft.Extensions.Logging;

namespace Exporter.AppHost;

internal static partial class S3Log
{
    [LoggerMessage(8001, LogLevel.Information, EventName = "BucketReady", Message =
        "Bucket '{Bucket}' is ready. An export there: --url 's3://{Bucket}/…' --endpoint {Endpoint} --path-style.")]
    public static partial void BucketReady(ILogger log, string bucket, string endpoint);

    [LoggerMessage(8002, LogLevel.Warning, EventName = "BucketFailed", Message =
        "Bucket '{Bucket}' could not be made at {Endpoint}: {Reason} It is tried again.")]
    public static partial void BucketFailed(ILogger log, string bucket, string endpoint, string reason);
}
