using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Exporter.Admin.V1;

namespace Exporter.Oracle.Destinations;

/// <summary>A prefix in a bucket of a real S3.</summary>
internal sealed class BucketDestination(ExportPlan export, IAmazonS3 s3, string bucket, string prefix) : IDestination
{
    private const int AtATime = 16;

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
        var keys = new List<string>();
        await foreach (var item in pages.S3Objects.WithCancellation(cancel))
        {
            if (!known.Contains(PlaceOf(item.Key)))
                keys.Add(item.Key);
        }

        foreach (var some in keys.Chunk(AtATime))
        {
            foreach (var arrival in await Task.WhenAll(some.Select(key => ReadAsync(key, cancel))))
                yield return arrival;
        }
    }

    private string PlaceOf(string key) => $"{bucket}/{key}";

    private Task<Arrival> ReadAsync(string key, CancellationToken cancel) => StoredObject.ReadAsync(
        export, key[Own.Length..], PlaceOf(key), async () => (await s3.GetObjectAsync(bucket, key, cancel)).ResponseStream);
}
