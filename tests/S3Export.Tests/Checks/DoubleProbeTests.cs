using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.S3Export.Tests.Buckets;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Objects;

namespace Exporter.S3Export.Tests.Checks;

public sealed class DoubleProbeTests : IDisposable
{
    private readonly BucketSender bucket = new();

    public void Dispose() => bucket.Dispose();

    [Theory]
    [InlineData(S3Conditions.Honoured, ConditionalPut.Honoured)]
    [InlineData(S3Conditions.PutOnly, ConditionalPut.PutOnly)]
    [InlineData(S3Conditions.Ignored, ConditionalPut.Ignored)]
    [InlineData(S3Conditions.Refused, ConditionalPut.Refused)]
    public async Task A_check_finds_out_how_the_store_answers_conditions_and_leaves_nothing(S3Conditions conditions, ConditionalPut expected)
    {
        await using var s3 = await S3Double.StartAsync(conditions);

        var result = await CheckAsync(s3);

        result.Steps.Where(step => !step.Passed).ShouldBeEmpty();
        result.Steps.Select(step => step.Name).ShouldBe(
            ["client", "reach", "put", "read", "conditional put", "conditional upload", "list uploads", "delete"]);
        result.ConditionalPut.ShouldBe(expected);
        s3.Objects.ShouldBeEmpty();
        s3.Uploads.ShouldBeEmpty();
        s3.Calls.ShouldAllBe(call => call.Key == "" || call.Key.StartsWith("backup/.exporter-probe-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_right_is_named_at_its_step_and_the_check_goes_on()
    {
        await using var s3 = await S3Double.StartAsync();
        s3.FailNext(S3Stage.ListUploads, S3Fault.Forbidden);
        s3.FailNext(S3Stage.Delete, S3Fault.Forbidden);

        var result = await CheckAsync(s3);

        result.Passed.ShouldBeFalse();
        result.Steps.Single(step => step.Name == "list uploads").Detail.ShouldBe(
            "S3 bucket 'reports' in export 'daily' refused the request (AccessDenied). "
            + "Check that the credentials may s3:ListBucketMultipartUploads under 's3://reports/backup/'.");
        result.Steps.Single(step => step.Name == "delete").Detail.ShouldContain("s3:DeleteObject");
        result.ConditionalPut.ShouldBe(ConditionalPut.Honoured);
    }

    [Fact]
    public async Task A_missing_bucket_ends_the_check_at_the_put()
    {
        await using var s3 = await S3Double.StartAsync();

        var result = await CheckAsync(s3, bucketName: "nowhere");

        result.Steps.Select(step => (step.Name, step.Passed)).ShouldBe([("client", true), ("reach", true), ("put", false)]);
        result.Steps[^1].Detail.ShouldBe("S3 bucket 'nowhere' in export 'daily' does not exist. Create it, or change the export's url.");
        result.ConditionalPut.ShouldBe(ConditionalPut.Unknown);
    }

    private Task<ProbeResult> CheckAsync(S3Double s3, string bucketName = "reports")
    {
        var export = TestExports.ToBucket(s3.Endpoint, bucketName);
        return bucket.Probe.CheckAsync(export, ObjectKeyTemplate.Parse(export.Settings.Url), TestContext.Current.CancellationToken);
    }
}
