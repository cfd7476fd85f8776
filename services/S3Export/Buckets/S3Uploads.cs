using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Exporter.Delivery.Batches;
using Microsoft.Extensions.Logging;

namespace Exporter.S3Export.Buckets;

/// <summary>Leaves no unfinished upload behind (rule O2).</summary>
internal sealed class S3Uploads(IAmazonS3 s3, S3Requests requests, S3Place place, S3StepMark step, TimeProvider clock, ILogger log)
{
    private const int MaxPages = 10;
    private static readonly TimeSpan ShortTime = TimeSpan.FromSeconds(10);

    /// <summary>Aborts every upload of this key, which earlier attempts began. Credentials that may not list are no hindrance.</summary>
    public async Task AbortAllAsync(CancellationToken cancel)
    {
        ListMultipartUploadsResponse? page = null;
        for (var pages = 0; pages < MaxPages && page is not { IsTruncated: not true }; pages++)
        {
            step.Now = S3Step.ListUploads;
            page = await ListAsync(page, cancel);
            step.Now = S3Step.AbortUpload;
            foreach (var upload in (page.MultipartUploads ?? []).Where(upload => upload.Key == requests.Key))
                await AbortAsync(upload.UploadId, cancel);
        }
    }

    /// <summary>Aborts the attempt's own upload, in a time of its own because the attempt's may be over.</summary>
    public async Task AbortOwnAsync(string upload)
    {
        using var time = new CancellationTokenSource(ShortTime, clock);
        try
        {
            await AbortAsync(upload, time.Token);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or OperationCanceledException)
        {
            Log.UploadNotAborted(log, place.ToString(), e.GetType().Name);
        }
    }

    private async Task<ListMultipartUploadsResponse> ListAsync(ListMultipartUploadsResponse? before, CancellationToken cancel)
    {
        try
        {
            return await s3.ListMultipartUploadsAsync(requests.ListUploads(before?.NextKeyMarker, before?.NextUploadIdMarker), cancel);
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotImplemented)
        {
            var outcome = S3Outcomes.OfAnswer(e.ErrorCode ?? "", (int)e.StatusCode, null, place, step.Now);
            Log.UploadsNotListed(log, (outcome as Outcome.Deferred)?.Detail ?? "");
            return new();
        }
    }

    private async Task AbortAsync(string upload, CancellationToken cancel)
    {
        try
        {
            await s3.AbortMultipartUploadAsync(requests.AbortUpload(upload), cancel);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchUpload")
        {
            // Completed or aborted already: nothing is left behind.
        }
    }
}
