using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Objects;

namespace Exporter.S3Export.Tests.Buckets;

public sealed class MultipartTests : IAsyncLifetime
{
    /// <summary>Uncompressed these make three parts of five mebibytes.</summary>
    private const int Reports = 8000;

    private readonly BucketSender bucket = new();
    private S3Double s3 = null!;

    public async ValueTask InitializeAsync() => s3 = await S3Double.StartAsync();

    public async ValueTask DisposeAsync()
    {
        bucket.Dispose();
        await s3.DisposeAsync();
    }

    [Fact]
    public async Task A_body_larger_than_a_part_is_uploaded_in_full_parts_and_completed_with_the_condition()
    {
        var export = Large(ConditionalPut.Honoured);
        var batch = TestBatch.Seal(export, Reports);
        var progress = 0;

        var outcome = await bucket.Sender.SendAsync(batch.Attempt(export, progress: () => Interlocked.Increment(ref progress)), TestContext.Current.CancellationToken);

        var item = s3.Objects.ShouldHaveSingleItem();
        BodyReports.Ids(item.Body).ShouldBe(batch.Ids);
        item.ETag.ShouldEndWith("-3\"");
        item.Metadata["batch-id"].ShouldBe(batch.Batch.Id.ToString());
        item.Metadata.ContainsKey("sha256").ShouldBeFalse();
        outcome.ShouldBe(new Outcome.Delivered(new(item.Body.Length, item.ETag, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(item.Body)))));
        s3.Calls.Select(call => call.Stage).ShouldBe(
            [S3Stage.CreateUpload, S3Stage.UploadPart, S3Stage.UploadPart, S3Stage.UploadPart, S3Stage.Head, S3Stage.CompleteUpload]);
        s3.Calls[^1].Headers["if-none-match"].ShouldBe("*");
        progress.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task A_body_of_exactly_one_part_is_a_single_put()
    {
        var export = Large(ConditionalPut.Honoured);
        var batch = TestBatch.Seal(export, 3);
        await bucket.DeliverAsync(batch, export);
        var bytes = s3.Objects.ShouldHaveSingleItem().Body.Length;
        var exact = export.With(objects => objects with { PartSizeBytes = bytes });
        var again = TestBatch.Seal(exact, 3);

        await bucket.DeliverAsync(again, exact);

        s3.Calls.Select(call => call.Stage).ShouldBe([S3Stage.Put, S3Stage.Put]);
    }

    [Fact]
    public async Task Uploads_of_earlier_attempts_are_found_over_pages_and_aborted_and_others_are_left()
    {
        var export = Large(ConditionalPut.Honoured);
        var batch = TestBatch.Seal(export, 3);
        var key = ObjectLocation.Parse(batch.Batch.Target!.Location).Key;
        for (var i = 0; i < 5; i++)
            s3.BeginUpload(key);
        var other = s3.BeginUpload(key + "x");
        s3.UploadsPerPage = 2;

        await bucket.Sender.SendAsync(batch.Attempt(export, number: 2), TestContext.Current.CancellationToken);

        s3.Uploads.ShouldHaveSingleItem().Id.ShouldBe(other);
        s3.Objects.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Credentials_that_may_not_list_uploads_still_deliver()
    {
        var export = Large(ConditionalPut.Honoured);
        var batch = TestBatch.Seal(export, 3);
        s3.FailNext(S3Stage.ListUploads, S3Fault.Forbidden);

        var outcome = await bucket.Sender.SendAsync(batch.Attempt(export, number: 2), TestContext.Current.CancellationToken);

        outcome.ShouldBeOfType<Outcome.Delivered>();
    }

    [Fact]
    public async Task Credentials_that_may_not_read_still_deliver_where_the_store_honours_conditions()
    {
        var export = Large(ConditionalPut.Honoured);
        var batch = TestBatch.Seal(export, Reports);
        s3.FailNext(S3Stage.Head, S3Fault.Answer("403", 403, ""), times: 2);

        var outcome = await bucket.Sender.SendAsync(batch.Attempt(export, number: 2), TestContext.Current.CancellationToken);

        outcome.ShouldBeOfType<Outcome.Delivered>();
    }

    [Fact]
    public async Task Where_only_puts_are_conditional_an_upload_needs_to_read_first()
    {
        s3.Conditions = S3Conditions.PutOnly;
        var export = Large(ConditionalPut.PutOnly);
        var batch = TestBatch.Seal(export, Reports);
        s3.FailNext(S3Stage.Head, S3Fault.Answer("403", 403, ""));

        var outcome = await bucket.Sender.SendAsync(batch.Attempt(export), TestContext.Current.CancellationToken);

        var deferred = outcome.ShouldBeOfType<Outcome.Deferred>();
        deferred.ErrorType.ShouldBe("access_denied");
        deferred.Detail.ShouldContain("may s3:GetObject and s3:ListBucket under 's3://reports/backup/'.");
        s3.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stopped_attempt_aborts_its_upload()
    {
        var export = Large(ConditionalPut.Honoured);
        var batch = TestBatch.Seal(export, Reports);
        s3.FailNext(S3Stage.UploadPart, S3Fault.Hang);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var sending = bucket.Sender.SendAsync(batch.Attempt(export), stop.Token);
        await s3.HangsAsync(stop.Token);
        s3.Uploads.Count.ShouldBe(1);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sending);
        s3.Uploads.ShouldBeEmpty();
        s3.Objects.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_does_not_replace_what_another_delivered()
    {
        var export = Large(ConditionalPut.Honoured);
        var batch = TestBatch.Seal(export, Reports);
        s3.FailNext(S3Stage.UploadPart, S3Fault.SlowBody);

        var outcomes = await Task.WhenAll(
            bucket.Sender.SendAsync(batch.Attempt(export, number: 1), TestContext.Current.CancellationToken),
            bucket.Sender.SendAsync(batch.Attempt(export, number: 1), TestContext.Current.CancellationToken));

        outcomes.ShouldAllBe(outcome => outcome is Outcome.Delivered);
        s3.Objects.ShouldHaveSingleItem().Writes.ShouldBe(1);
        s3.Uploads.ShouldBeEmpty();
    }

    private ExportDefinition Large(ConditionalPut conditions) =>
        TestExports.ToBucket(s3.Endpoint, conditions: conditions).With(objects => objects with { Compression = ObjectCompression.None });
}
