using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Faults;
using Exporter.Delivery.Objects;
using Exporter.Geosubmit.Bodies;
using Exporter.S3Export.Bodies;
using Microsoft.Extensions.Logging;

namespace Exporter.S3Export.Buckets;

/// <summary>One attempt to put one batch, by rules O1 to O3.</summary>
internal sealed class S3Delivery(
    IAmazonS3 s3, DeliveryAttempt attempt, ObjectLocation location, S3Place place, S3StepMark step, TimeProvider clock, ILogger log)
{
    private readonly Dictionary<string, string> metadata = S3Requests.MetadataOf(attempt.Batch);
    private bool isConditional = attempt.Export.ConditionalPut != ConditionalPut.Refused;

    private S3Requests Requests => field ??= new(
        location.Bucket!, location.Key, attempt.Batch.Target!, attempt.Export.Settings.Objects, metadata);

    private bool IsFirst => attempt.Claim.Attempt == 1;

    private bool IsHonoured => isConditional && attempt.Export.ConditionalPut is ConditionalPut.Honoured or ConditionalPut.PutOnly;

    public async Task<Outcome> SendAsync(CancellationToken cancel)
    {
        if (!IsFirst)
            await new S3Uploads(s3, Requests, place, step, clock, log).AbortAllAsync(cancel);
        if ((!IsFirst || !IsHonoured) && await FindStandingAsync(isNeeded: !IsHonoured, cancel) is { } found)
            return found;

        using var encoder = new BodyEncoder(attempt.Batch.Target!, attempt.Export.Settings.Objects.PartSizeBytes);
        await using var parts = encoder.EncodeAsync(attempt, cancel).GetAsyncEnumerator(cancel);
        await parts.MoveNextAsync();
        using var first = parts.Current;
        return await parts.MoveNextAsync()
            ? await UploadAsync(first, parts, encoder, cancel)
            : await PutAsync(first, encoder, cancel);
    }

    private async Task<Outcome> PutAsync(BodyPart body, BodyEncoder encoder, CancellationToken cancel)
    {
        try
        {
            Failpoint.Pass("put.before");
            step.Now = S3Step.Put;
            var answer = await s3.PutObjectAsync(Requests.Put(body, encoder.Sha256, isConditional, attempt.Progress), cancel);
            Failpoint.Pass("put.after");
            return new Outcome.Delivered(new(encoder.Bytes, answer.ETag ?? "", encoder.Sha256));
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return await FindStandingAsync(isNeeded: true, cancel) ?? S3Outcomes.OfAnswer(e.ErrorCode ?? "", (int)e.StatusCode, null, place, S3Step.Put);
        }
        catch (AmazonS3Exception e) when (isConditional && e.StatusCode == HttpStatusCode.NotImplemented)
        {
            isConditional = false;
            return await FindStandingAsync(isNeeded: true, cancel) ?? await PutAsync(body, encoder, cancel);
        }
    }

    private async Task<Outcome> UploadAsync(BodyPart first, IAsyncEnumerator<BodyPart> rest, BodyEncoder encoder, CancellationToken cancel)
    {
        step.Now = S3Step.CreateUpload;
        var uploads = new S3Uploads(s3, Requests, place, step, clock, log);
        var upload = (await s3.InitiateMultipartUploadAsync(Requests.CreateUpload(), cancel)).UploadId;
        var isComplete = false;
        try
        {
            var parts = new List<PartETag> { await UploadPartAsync(upload, 1, first, cancel) };
            first.Dispose();
            do
            {
                using var part = rest.Current;
                if (parts.Count == ObjectRules.MaxParts)
                    return new Outcome.Rejected("too_many_parts", $"{place} takes {ObjectRules.MaxParts} parts an object, and the batch has more. Enlarge part_size_bytes, then replay.");
                parts.Add(await UploadPartAsync(upload, parts.Count + 1, part, cancel));
            }
            while (await rest.MoveNextAsync());

            var outcome = await CompleteAsync(upload, parts, encoder, cancel);
            isComplete = outcome is (var _, true);
            return outcome.Outcome;
        }
        finally
        {
            if (!isComplete)
                await uploads.AbortOwnAsync(upload);
        }
    }

    private async Task<PartETag> UploadPartAsync(string upload, int number, BodyPart part, CancellationToken cancel)
    {
        step.Now = S3Step.UploadPart;
        var answer = await s3.UploadPartAsync(Requests.UploadPart(upload, number, part, attempt.Progress), cancel);
        attempt.Progress();
        return new(number, answer.ETag);
    }

    private async Task<(Outcome Outcome, bool IsOurs)> CompleteAsync(string upload, List<PartETag> parts, BodyEncoder encoder, CancellationToken cancel)
    {
        if (await FindStandingAsync(isNeeded: attempt.Export.ConditionalPut != ConditionalPut.Honoured, cancel) is { } found)
            return (found, false);

        try
        {
            Failpoint.Pass("complete.before");
            step.Now = S3Step.CompleteUpload;
            var answer = await s3.CompleteMultipartUploadAsync(Requests.CompleteUpload(upload, parts, isConditional), cancel);
            Failpoint.Pass("complete.after");
            var tag = string.IsNullOrEmpty(answer.ETag) ? await FindETagAsync(cancel) : answer.ETag;
            return (new Outcome.Delivered(new(encoder.Bytes, tag, encoder.Sha256)), true);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            var outcome = await FindStandingAsync(isNeeded: true, cancel)
                ?? S3Outcomes.OfAnswer(e.ErrorCode ?? "", (int)e.StatusCode, null, place, S3Step.CompleteUpload);
            return (outcome, false);
        }
        catch (AmazonS3Exception e) when (isConditional && e.StatusCode == HttpStatusCode.NotImplemented)
        {
            isConditional = false;
            return await CompleteAsync(upload, parts, encoder, cancel);
        }
    }

    /// <summary>Some stores complete an upload without telling the tag.</summary>
    private async Task<string> FindETagAsync(CancellationToken cancel) =>
        await FindStandingAsync(isNeeded: false, cancel) is Outcome.Delivered { Receipt: { } receipt } ? receipt.ETag : "";

    /// <summary>Looks at the key. A refusal to tell is an error only where nothing else keeps an object from being replaced.</summary>
    private async Task<Outcome?> FindStandingAsync(bool isNeeded, CancellationToken cancel)
    {
        step.Now = S3Step.Head;
        try
        {
            var standing = await s3.GetObjectMetadataAsync(Requests.Head(), cancel);
            attempt.Progress();
            return StandingObject.Judge(standing, metadata, place);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound || !isNeeded && e.StatusCode == HttpStatusCode.Forbidden)
        {
            return null;
        }
    }
}
