using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Exporter.Admin.V1;

namespace Exporter.Oracle.Destinations;

/// <summary>A prefix in a bucket of a real S3.</summary>
internal sealed class BucketDestination(ExportPlan export, IAmazonS3 s3, string bucket, string prefix) : IDestination
{
    private string Own => $"{prefix}/{export.Name}/";

    public void Address(ExportSettings settings)
    {
        settings.Url = $"s3://{bucket}/{Own}{ExportPlan.KeyTemplate}";
        settings.Object = export.ToObjectSettings();
        settings.Object.Endpoint = s3.Config.ServiceURL;
        settings.Object.Region = s3.Config.AuthenticationRegion;
        settings.Object.UsePathStyle = true;
    }

    public async IAsyncEnumerable<Arrival> LookAsync(IReadOnlySet<string> known, [EnumeratorCancellation] CancellationToken cancel)
    {
        var uploads = await s3.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = bucket, Prefix = Own }, cancel);
        foreach (var upload in uploads.MultipartUploads ?? [])
            yield return Arrival.Unwanted($"upload {upload.UploadId} of {bucket}/{upload.Key}");

        var pages = s3.Paginators.ListObjectsV2(new() { BucketName = bucket, Prefix = Own });
        await foreach (var item in pages.S3Objects.WithCancellation(cancel))
        {
            var place = $"{bucket}/{item.Key}";
            if (!known.Contains(place))
                yield return await StoredObject.ReadAsync(export, item.Key[Own.Length..], place, async () => (await s3.GetObjectAsync(bucket, item.Key, cancel)).ResponseStream);
        }
    }
}
