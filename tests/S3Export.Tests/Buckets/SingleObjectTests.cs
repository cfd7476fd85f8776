using System.Collections.Concurrent;
using System.Diagnostics;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Keys;
using Exporter.Delivery.Objects;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Objects;

namespace Exporter.S3Export.Tests.Buckets;

public sealed class SingleObjectTests : IAsyncLifetime
{
    private readonly BucketSender bucket = new();
    private S3Double s3 = null!;

    public async ValueTask InitializeAsync() => s3 = await S3Double.StartAsync();

    public async ValueTask DisposeAsync()
    {
        bucket.Dispose();
        await s3.DisposeAsync();
    }

    [Fact]
    public async Task A_small_batch_becomes_one_object_with_its_reports_and_its_metadata()
    {
        var export = TestExports.ToBucket(s3.Endpoint, conditions: ConditionalPut.Honoured);
        var batch = TestBatch.Seal(export, 50);

        var (outcome, attempts) = await bucket.DeliverAsync(batch, export);

        var item = s3.Objects.ShouldHaveSingleItem();
        item.Key.ShouldBe($"backup/gnss/test-key/2026/03/07/{batch.Batch.Id}.json.gz");
        BodyReports.Ids(item.Body).ShouldBe(batch.Ids);
        item.Headers["content-type"].ShouldBe("application/json");
        item.Headers["content-encoding"].ShouldBe("gzip");
        item.Headers["if-none-match"].ShouldBe("*");
        item.Metadata["batch-id"].ShouldBe(batch.Batch.Id.ToString());
        item.Metadata["report-count"].ShouldBe("50");
        item.Metadata["first-observed-at"].ShouldBe("2026-03-07T21:59:00.000Z");
        item.Metadata["last-observed-at"].ShouldBe("2026-03-07T22:59:00.000Z");
        item.Metadata["schema-version"].ShouldBe("geosubmit/2");
        item.Metadata["members-sha256"].ShouldBe(Convert.ToHexStringLower(batch.Batch.MembersSha256.Span));
        item.Metadata["sha256"].ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(item.Body)));
        outcome.ShouldBe(new Outcome.Delivered(new(item.Body.Length, item.ETag, item.Metadata["sha256"])));
        attempts.ShouldBe(1);
        s3.Calls.Select(call => call.Stage).ShouldBe([S3Stage.Put]);
    }

    [Fact]
    public async Task Ndjson_without_compression_is_one_report_a_line()
    {
        var export = TestExports.ToBucket(s3.Endpoint).With(objects => objects with { Format = ObjectFormat.Ndjson, Compression = ObjectCompression.None });
        var batch = TestBatch.Seal(export, 3);

        await bucket.DeliverAsync(batch, export);

        var item = s3.Objects.ShouldHaveSingleItem();
        item.Key.ShouldEndWith($"{batch.Batch.Id}.ndjson");
        item.Headers["content-type"].ShouldBe("application/x-ndjson");
        item.Headers.ContainsKey("content-encoding").ShouldBeFalse();
        BodyReports.Ids(item.Body).ShouldBe(batch.Ids);
    }

    [Fact]
    public async Task Encryption_class_ACL_and_tags_go_out_as_headers()
    {
        var export = TestExports.ToBucket(s3.Endpoint).With(objects => objects with
        {
            ServerSideEncryption = "aws:kms",
            KmsKeyId = "alias/reports",
            StorageClass = "STANDARD_IA",
            Acl = "bucket-owner-full-control",
            ValueByTag = new Dictionary<string, string> { ["team"] = "maps", ["kind"] = "raw data" },
        });

        await bucket.DeliverAsync(TestBatch.Seal(export, 1), export);

        var headers = s3.Objects.ShouldHaveSingleItem().Headers;
        headers["x-amz-server-side-encryption"].ShouldBe("aws:kms");
        headers["x-amz-server-side-encryption-aws-kms-key-id"].ShouldBe("alias/reports");
        headers["x-amz-storage-class"].ShouldBe("STANDARD_IA");
        headers["x-amz-acl"].ShouldBe("bucket-owner-full-control");
        headers["x-amz-tagging"].ShouldBe("kind=raw%20data&team=maps");
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("when_required", false)]
    [InlineData("when_supported", true)]
    public async Task A_custom_endpoint_gets_newer_checksums_only_when_told(string checksums, bool isThere)
    {
        var export = TestExports.ToBucket(s3.Endpoint).With(objects => objects with { Checksums = checksums });

        await bucket.DeliverAsync(TestBatch.Seal(export, 1), export);

        s3.Objects.ShouldHaveSingleItem().Headers.Keys.Any(name => name.StartsWith("x-amz-checksum-", StringComparison.Ordinal)).ShouldBe(isThere);
    }

    [Fact]
    public async Task Another_object_at_the_key_is_not_replaced()
    {
        var export = TestExports.ToBucket(s3.Endpoint, conditions: ConditionalPut.Honoured);
        var batch = TestBatch.Seal(export, 2);
        var key = ObjectLocation.Parse(batch.Batch.Target!.Location).Key;
        s3.Place(key, [1, 2, 3], new Dictionary<string, string>());

        var (outcome, _) = await bucket.DeliverAsync(batch, export);

        outcome.ShouldBeOfType<Outcome.Rejected>().ErrorType.ShouldBe("key_taken");
        s3.Objects.ShouldHaveSingleItem().Body.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task An_object_that_an_earlier_attempt_wrote_is_delivered_as_it_stands()
    {
        var export = TestExports.ToBucket(s3.Endpoint, conditions: ConditionalPut.Honoured);
        var batch = TestBatch.Seal(export, 2);
        s3.FailNext(S3Stage.Put, S3Fault.ResetAfter);

        var (outcome, attempts) = await bucket.DeliverAsync(batch, export);

        attempts.ShouldBe(2);
        var item = s3.Objects.ShouldHaveSingleItem();
        item.Writes.ShouldBe(1);
        outcome.ShouldBe(new Outcome.Delivered(new(item.Body.Length, item.ETag, item.Metadata["sha256"])));
    }

    [Fact]
    public async Task A_private_address_is_refused_unless_it_is_allowed_by_name()
    {
        using var guarded = new BucketSender(allowedHosts: "somewhere.else");
        var export = TestExports.ToBucket(s3.Endpoint);

        var outcome = await guarded.Sender.SendAsync(TestBatch.Seal(export, 1).Attempt(export), TestContext.Current.CancellationToken);

        var deferred = outcome.ShouldBeOfType<Outcome.Deferred>();
        deferred.ErrorType.ShouldBe("address_refused");
        deferred.Fault.ShouldBe(FaultOf.SetUp);
        deferred.Detail.ShouldBe("S3 bucket 'reports' in export 'daily': The host '127.0.0.1' has no public address. If it is meant, add it to 'Exporter:AllowedHosts'.");
        s3.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_secret_is_said_by_name()
    {
        var export = TestExports.ToBucket(s3.Endpoint).With(objects => objects with { CredentialsSecret = "other" });

        var outcome = await bucket.Sender.SendAsync(TestBatch.Seal(export, 1).Attempt(export), TestContext.Current.CancellationToken);

        var deferred = outcome.ShouldBeOfType<Outcome.Deferred>();
        deferred.ErrorType.ShouldBe("secret_missing");
        deferred.Detail.ShouldContain("There is no secret 'other'.");
    }

    [Fact]
    public async Task A_damaged_batch_is_not_put()
    {
        var export = TestExports.ToBucket(s3.Endpoint, conditions: ConditionalPut.Honoured);
        var batch = TestBatch.Seal(export, 5);
        batch.Store.Damage = payload => payload[..^1];

        await Should.ThrowAsync<InvalidDataException>(() => bucket.Sender.SendAsync(batch.Attempt(export), TestContext.Current.CancellationToken));

        s3.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_span_has_the_API_key_as_a_hash()
    {
        var export = TestExports.ToBucket(s3.Endpoint, conditions: ConditionalPut.Honoured);
        var batch = TestBatch.Seal(export, 1);
        var keys = new ConcurrentQueue<string?>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Exporter",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => keys.Enqueue(activity.GetTagItem("aws.s3.key")?.ToString()),
        };
        ActivitySource.AddActivityListener(listener);

        await bucket.DeliverAsync(batch, export);

        keys.ShouldContain($"backup/gnss/{ApiKey.ShortHash("test-key")}/2026/03/07/{batch.Batch.Id}.json.gz");
        keys.ShouldNotContain(key => key!.Contains("test-key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_tried_again_within_an_attempt()
    {
        var export = TestExports.ToBucket(s3.Endpoint, conditions: ConditionalPut.Honoured);
        S3Fault[] faults =
        [
            S3Fault.InternalError, S3Fault.SlowDown, S3Fault.ResetBefore, S3Fault.ResetAfter, S3Fault.Conflict,
            S3Fault.Answer("skew", 403, "RequestTimeTooSkewed"), S3Fault.Answer("token", 400, "ExpiredToken"), S3Fault.Answer("timeout", 400, "RequestTimeout"),
        ];
        foreach (var fault in faults)
        {
            var before = s3.Calls.Count;
            s3.FailNext(S3Stage.Put, fault);

            var outcome = await bucket.Sender.SendAsync(TestBatch.Seal(export, 1).Attempt(export), TestContext.Current.CancellationToken);

            outcome.ShouldBeOfType<Outcome.Deferred>(fault.Name);
            (s3.Calls.Count - before).ShouldBe(1, fault.Name);
        }
    }

    [Fact]
    public async Task A_conflict_that_lasts_backs_off()
    {
        var export = TestExports.ToBucket(s3.Endpoint, conditions: ConditionalPut.Honoured);
        var batch = TestBatch.Seal(export, 1);
        var waits = new List<TimeSpan?>();
        for (var number = 1; number <= 5; number++)
        {
            s3.FailNext(S3Stage.Put, S3Fault.Conflict);
            waits.Add(((Outcome.Deferred)await bucket.Sender.SendAsync(batch.Attempt(export, number), TestContext.Current.CancellationToken)).After);
        }

        waits.ShouldBe([TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, null, null]);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var export = TestExports.ToBucket(s3.Endpoint, conditions: ConditionalPut.Honoured);
        s3.FailNext(S3Stage.Put, S3Fault.Answer("307", 307, "TemporaryRedirect") with { Location = $"{s3.Endpoint}/elsewhere/key" });

        var outcome = await bucket.Sender.SendAsync(TestBatch.Seal(export, 1).Attempt(export), TestContext.Current.CancellationToken);

        outcome.ShouldBeOfType<Outcome.Deferred>().ErrorType.ShouldBe("wrong_region");
        s3.Calls.Count.ShouldBe(1);
    }
}
