using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.Geosubmit.Bodies;
using Exporter.S3Export.Buckets;

namespace Exporter.S3Export.Checks;

/// <summary>The objects of one check, each with the headers that a batch would get; those that were made are known, to be deleted.</summary>
internal sealed class S3ProbeObjects(IAmazonS3 s3, ExportDefinition export, ObjectKeyTemplate template, S3StepMark step) : IDisposable
{
    private readonly Dictionary<string, string> metadata = new()
    {
        [StandingObject.BatchId] = Guid.NewGuid().ToString("D"),
        [StandingObject.MembersSha256] = Convert.ToHexStringLower(MembersHash.Empty.Span),
    };

    private readonly BodyPart body = MakeBody();
    private readonly HashSet<S3Requests> made = [];

    public string Endpoint => s3.Config.ServiceURL ?? s3.Config.RegionEndpoint?.SystemName ?? "AWS";

    private S3Requests Plain => field ??= New();

    /// <summary>Any answer about the object, even that there is none or that it may not be told, shows that a store is there.</summary>
    public async Task<string> ReachAsync(CancellationToken cancel)
    {
        step.Now = S3Step.Head;
        try
        {
            await s3.GetObjectMetadataAsync(Plain.Head(), cancel);
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            return "The store answers.";
        }

        return "The store answers.";
    }

    public async Task<string> PutAsync(CancellationToken cancel)
    {
        await PutAsync(Plain, isConditional: false, cancel);
        return "An object was written.";
    }

    public async Task<string> ReadAsync(S3Place place, CancellationToken cancel)
    {
        step.Now = S3Step.Head;
        var standing = await s3.GetObjectMetadataAsync(Plain.Head(), cancel);
        return StandingObject.Judge(standing, metadata, place) is Outcome.Delivered
            ? "The object stands there with its metadata."
            : throw new ProbeFailedException("The object came back without its metadata (x-amz-meta-batch-id, x-amz-meta-members-sha256). Look for a gateway that removes headers.");
    }

    public async Task<ConditionAnswer> PutTwiceAsync(CancellationToken cancel)
    {
        var requests = New();
        return await AskAsync(() => PutAsync(requests, isConditional: true, cancel));
    }

    public async Task<ConditionAnswer> UploadTwiceAsync(CancellationToken cancel)
    {
        var requests = New();
        return await AskAsync(() => UploadAsync(requests, cancel));
    }

    public async Task<string> ListUploadsAsync(CancellationToken cancel)
    {
        step.Now = S3Step.ListUploads;
        await s3.ListMultipartUploadsAsync(Plain.ListUploads(null, null), cancel);
        return "Unfinished uploads can be looked for.";
    }

    public async Task<string> DeleteAsync(CancellationToken cancel)
    {
        step.Now = S3Step.Delete;
        foreach (var requests in made.ToList())
            await s3.DeleteObjectAsync(requests.Delete(), cancel);
        return "The objects of this check were deleted again.";
    }

    public void Dispose()
    {
        body.Dispose();
        s3.Dispose();
    }

    private static async Task<ConditionAnswer> AskAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotImplemented)
        {
            return ConditionAnswer.Refused;
        }

        try
        {
            await write();
            return ConditionAnswer.Ignored;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return ConditionAnswer.Honoured;
        }
    }

    private static BodyPart MakeBody()
    {
        var part = new BodyPart(ProbeName.Body.Length);
        part.Append(ProbeName.Body);
        return part;
    }

    private S3Requests New()
    {
        var location = ObjectLocation.Parse(template.StaticFolder + ProbeName.New());
        var target = new ObjectTarget("", ObjectFormat.Json, ObjectCompression.None, GzipLevel.Fastest);
        return new(location.Bucket!, location.Key, target, export.Settings.Objects, metadata);
    }

    private async Task PutAsync(S3Requests requests, bool isConditional, CancellationToken cancel)
    {
        step.Now = S3Step.Put;
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(ProbeName.Body));
        await s3.PutObjectAsync(requests.Put(body, sha256, isConditional, () => { }), cancel);
        made.Add(requests);
    }

    private async Task UploadAsync(S3Requests requests, CancellationToken cancel)
    {
        step.Now = S3Step.CreateUpload;
        var upload = (await s3.InitiateMultipartUploadAsync(requests.CreateUpload(), cancel)).UploadId;
        var isComplete = false;
        try
        {
            step.Now = S3Step.UploadPart;
            var part = await s3.UploadPartAsync(requests.UploadPart(upload, 1, body, () => { }), cancel);
            step.Now = S3Step.CompleteUpload;
            await s3.CompleteMultipartUploadAsync(requests.CompleteUpload(upload, [new PartETag(1, part.ETag)], conditional: true), cancel);
            isComplete = true;
            made.Add(requests);
        }
        finally
        {
            if (!isComplete)
                await s3.AbortMultipartUploadAsync(requests.AbortUpload(upload), CancellationToken.None);
        }
    }
}
