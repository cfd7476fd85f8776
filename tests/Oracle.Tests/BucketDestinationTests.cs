using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Exporter.Oracle.Checks;
using Exporter.Oracle.Destinations;
using Exporter.TestKit.Objects;

namespace Exporter.Oracle;

public sealed class BucketDestinationTests : IAsyncLifetime
{
    private static readonly ExportPlan Export = ExportPlan.All.Single(export => export.Name == "without-source");
    private S3Double store = null!;
    private AmazonS3Client s3 = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private BucketDestination Destination => new(Export, s3, store.Bucket, "one");

    public async ValueTask InitializeAsync()
    {
        store = await S3Double.StartAsync();
        s3 = new(new BasicAWSCredentials("a", "b"), new AmazonS3Config
        {
            ServiceURL = store.Endpoint,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        });
    }

    public async ValueTask DisposeAsync()
    {
        s3.Dispose();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Objects_are_read_each_once_and_those_of_other_exports_are_not()
    {
        var batch = Guid.NewGuid();
        await PutAsync($"one/without-source/gnss/oracle-a/2026/11/22/{batch}.ndjson", "{\"number\":1}\n{\"number\":2}\n");
        await PutAsync($"one/everything/gnss/oracle-a/2026/11/22/{Guid.NewGuid()}.ndjson", "{}\n");
        await PutAsync($"two/without-source/gnss/oracle-a/2026/11/22/{Guid.NewGuid()}.ndjson", "{}\n");

        var arrival = (await LookAsync([])).ShouldHaveSingleItem();
        arrival.Fault.ShouldBeNull();
        arrival.ShouldSatisfyAllConditions(
            each => each.BatchId.ShouldBe(batch),
            each => each.Source.ShouldBe("gnss"),
            each => each.ApiKey.ShouldBe("oracle-a"),
            each => each.Reports.Select(report => report.GetProperty("number").GetInt32()).ShouldBe([1, 2]));
        (await LookAsync([arrival.Place])).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_object_of_another_name_and_an_upload_that_nobody_ended_should_not_be_there()
    {
        await PutAsync("one/without-source/gnss/oracle-a/note.txt", "?");
        await s3.InitiateMultipartUploadAsync(store.Bucket, $"one/without-source/gnss/no_key/2026/11/22/{Guid.NewGuid()}.ndjson", Cancel);

        var arrivals = await LookAsync([]);
        arrivals.Count.ShouldBe(2);
        arrivals.ShouldAllBe(arrival => arrival.Fault!.Value.Kind == FindingKind.Leftover);
    }

    // In one part: what the double gives as ETag of a plain put is no MD5, and the SDK takes it for one.
    private async Task PutAsync(string key, string body)
    {
        var upload = (await s3.InitiateMultipartUploadAsync(store.Bucket, key, Cancel)).UploadId;
        var part = await s3.UploadPartAsync(
            new() { BucketName = store.Bucket, Key = key, UploadId = upload, PartNumber = 1, InputStream = new MemoryStream(Encoding.UTF8.GetBytes(body)), UseChunkEncoding = false }, Cancel);
        await s3.CompleteMultipartUploadAsync(new() { BucketName = store.Bucket, Key = key, UploadId = upload, PartETags = [new(1, part.ETag)] }, Cancel);
    }

    private async Task<List<Arrival>> LookAsync(HashSet<string> known)
    {
        var arrivals = new List<Arrival>();
        await foreach (var arrival in Destination.LookAsync(known, Cancel))
            arrivals.Add(arrival);
        return arrivals;
    }
}
