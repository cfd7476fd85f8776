using Amazon.S3;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.S3Export.Tests.Buckets;
using Exporter.TestKit.Batches;

namespace Exporter.S3Export.Tests.Ceph;

/// <summary>Against Ceph's gateway: a store that we did not write.</summary>
public sealed class CephTests(CephFixture ceph) : IDisposable
{
    private readonly BucketSender sender = CephFixture.MakeSender();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => sender.Dispose();

    [Fact]
    public async Task A_small_batch_stands_there_with_its_reports_and_metadata()
    {
        var export = await ceph.MakeExportAsync(ConditionalPut.PutOnly);
        var batch = TestBatch.Seal(export, 200);

        var outcome = await sender.Sender.SendAsync(batch.Attempt(export), Cancel);

        var receipt = outcome.ShouldBeOfType<Outcome.Delivered>().Receipt!;
        var (body, item) = await GetAsync(batch);
        BodyReports.Ids(body).ShouldBe(batch.Ids);
        item.Headers.ContentEncoding.ShouldBe("gzip");
        item.Headers.ContentType.ShouldBe("application/json");
        item.Metadata["batch-id"].ShouldBe(batch.Batch.Id.ToString());
        item.Metadata["sha256"].ShouldBe(receipt.Sha256);
        item.ETag.ShouldBe(receipt.ETag);
        body.Length.ShouldBe((int)receipt.Bytes);
    }

    [Fact]
    public async Task A_large_batch_is_uploaded_in_parts_and_leaves_no_upload()
    {
        var export = (await ceph.MakeExportAsync(ConditionalPut.PutOnly)).With(objects => objects with { Compression = ObjectCompression.None });
        var batch = TestBatch.Seal(export, 8000);

        var outcome = await sender.Sender.SendAsync(batch.Attempt(export), Cancel);

        outcome.ShouldBeOfType<Outcome.Delivered>().Receipt!.ETag.ShouldEndWith("-3\"");
        BodyReports.Ids((await GetAsync(batch)).Body).ShouldBe(batch.Ids);
        (await CountUploadsAsync(export)).ShouldBe(0);
    }

    [Fact]
    public async Task Four_workers_race_and_one_object_is_left()
    {
        var export = await ceph.MakeExportAsync(ConditionalPut.PutOnly);
        var batch = TestBatch.Seal(export, 100);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => sender.Sender.SendAsync(batch.Attempt(export), Cancel)));

        outcomes.ShouldAllBe(outcome => outcome is Outcome.Delivered);
        outcomes.OfType<Outcome.Delivered>().Select(outcome => outcome.Receipt!.ETag).Distinct().Count().ShouldBe(1);
        BodyReports.Ids((await GetAsync(batch)).Body).ShouldBe(batch.Ids);
    }

    [Fact]
    public async Task Another_object_at_the_key_is_not_replaced()
    {
        var export = await ceph.MakeExportAsync(ConditionalPut.PutOnly);
        var batch = TestBatch.Seal(export, 10);
        var location = ObjectLocation.Parse(batch.Batch.Target!.Location);
        using var s3 = await ceph.LookAsync();
        await s3.PutObjectAsync(new() { BucketName = location.Bucket, Key = location.Key, ContentBody = "something else", UseChunkEncoding = false }, Cancel);

        var outcome = await sender.Sender.SendAsync(batch.Attempt(export), Cancel);

        outcome.ShouldBeOfType<Outcome.Rejected>().ErrorType.ShouldBe("key_taken");
        System.Text.Encoding.UTF8.GetString((await GetAsync(batch)).Body).ShouldBe("something else");
    }

    [Fact]
    public async Task A_repeated_upload_finds_the_first_and_is_not_completed()
    {
        var export = (await ceph.MakeExportAsync(ConditionalPut.PutOnly)).With(objects => objects with { Compression = ObjectCompression.None });
        var batch = TestBatch.Seal(export, 4000);
        var first = await sender.Sender.SendAsync(batch.Attempt(export), Cancel);

        var second = await sender.Sender.SendAsync(batch.Attempt(export), Cancel);

        second.ShouldBeOfType<Outcome.Delivered>().Receipt!.ETag.ShouldBe(first.ShouldBeOfType<Outcome.Delivered>().Receipt!.ETag);
        (await CountUploadsAsync(export)).ShouldBe(0);
    }

    [Fact]
    public async Task An_abandoned_upload_is_aborted_by_the_next_attempt()
    {
        var export = await ceph.MakeExportAsync(ConditionalPut.PutOnly);
        var batch = TestBatch.Seal(export, 10);
        var location = ObjectLocation.Parse(batch.Batch.Target!.Location);
        using var s3 = await ceph.LookAsync();
        await s3.InitiateMultipartUploadAsync(location.Bucket, location.Key, Cancel);
        (await CountUploadsAsync(export)).ShouldBe(1);

        await sender.Sender.SendAsync(batch.Attempt(export, number: 2), Cancel);

        (await CountUploadsAsync(export)).ShouldBe(0);
    }

    [Fact]
    public async Task A_check_finds_that_only_puts_are_conditional()
    {
        var export = await ceph.MakeExportAsync(ConditionalPut.Unknown);

        var result = await sender.Probe.CheckAsync(export, ObjectKeyTemplate.Parse(export.Settings.Url), Cancel);

        result.Steps.Where(step => !step.Passed).ShouldBeEmpty();
        result.ConditionalPut.ShouldBe(ConditionalPut.PutOnly);
    }

    [Fact]
    public async Task Wrong_credentials_and_a_missing_bucket_are_told_apart()
    {
        var export = await ceph.MakeExportAsync(ConditionalPut.PutOnly);
        using var stranger = new BucketSender("stranger", "secret");
        var nowhere = TestExports.ToBucket(export.Settings.Objects.Endpoint, "no-such-bucket", ConditionalPut.PutOnly);

        var unknown = await stranger.Sender.SendAsync(TestBatch.Seal(export, 1).Attempt(export), Cancel);
        var missing = await sender.Sender.SendAsync(TestBatch.Seal(nowhere, 1).Attempt(nowhere), Cancel);

        unknown.ShouldBeOfType<Outcome.Deferred>().ErrorType.ShouldBe("credentials");
        missing.ShouldBeOfType<Outcome.Deferred>().ErrorType.ShouldBe("bucket_missing");
    }

    private async Task<(byte[] Body, Amazon.S3.Model.GetObjectResponse Item)> GetAsync(TestBatch batch)
    {
        var location = ObjectLocation.Parse(batch.Batch.Target!.Location);
        using var s3 = await ceph.LookAsync();
        using var item = await s3.GetObjectAsync(location.Bucket, location.Key, Cancel);
        using var body = new MemoryStream();
        await item.ResponseStream.CopyToAsync(body, Cancel);
        return (body.ToArray(), item);
    }

    private async Task<int> CountUploadsAsync(ExportDefinition export)
    {
        using var s3 = await ceph.LookAsync();
        var listed = await s3.ListMultipartUploadsAsync(new Amazon.S3.Model.ListMultipartUploadsRequest { BucketName = ObjectKeyTemplate.Parse(export.Settings.Url).Bucket }, Cancel);
        return listed.MultipartUploads?.Count ?? 0;
    }
}
