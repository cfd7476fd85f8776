using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;
using Exporter.Delivery.Addresses;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.Delivery.Secrets;
using Exporter.S3Export.Buckets;
using Exporter.TestKit;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Objects;

namespace Exporter.S3Export.Tests.Buckets;

/// <summary>docs/s3-outcomes.md, row by row.</summary>
public sealed class S3OutcomeTests
{
    private static readonly ExportDefinition Export = TestExports.ToBucket("http://127.0.0.1:1");
    private static readonly S3Place Place = new(Export, "reports");

    public static TheoryData<string, int, string, string, string, string> Answers { get; } = new(DocumentedTable
        .Rows("docs/s3-outcomes.md", "code", "HTTP")
        .Select(row => (row[0], int.Parse(row[1], CultureInfo.InvariantCulture), row[2], row[3], row[4], row[5])));

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_is_the_outcome_that_the_table_says(string code, int status, string outcome, string errorType, string fault, string again)
    {
        await using var s3 = await S3Double.StartAsync();
        using var bucket = new BucketSender();
        var export = TestExports.ToBucket(s3.Endpoint, conditions: ConditionalPut.Refused).With(objects => objects with { Compression = ObjectCompression.None, PartSizeBytes = 1024 });
        var answer = S3Fault.Answer("row", status, code == "-" ? "" : code) with { RetryAfter = again == "Retry-After" ? "7" : null };
        s3.FailNext(status == 200 ? S3Stage.CompleteUpload : S3Stage.CreateUpload, answer);
        s3.MinPartBytes = 1;

        var got = await bucket.Sender.SendAsync(TestBatch.Seal(export, 2).Attempt(export), TestContext.Current.CancellationToken);

        Word(got).ShouldBe((outcome, errorType, fault));
        (got as Outcome.Deferred)?.After.ShouldBe(again switch { "at once" => TimeSpan.Zero, "Retry-After" => TimeSpan.FromSeconds(7), _ => null });
        Detail(got).ShouldStartWith("S3 bucket 'reports' in export 'daily' ");
        Detail(got).ShouldEndWith(".");
    }

    [Theory]
    [InlineData("connection", "Destination")]
    [InlineData("timeout", "Destination")]
    [InlineData("name", "Destination")]
    [InlineData("tls", "SetUp")]
    [InlineData("address_refused", "SetUp")]
    [InlineData("secret_missing", "SetUp")]
    [InlineData("client", "SetUp")]
    public void No_answer_is_the_destinations_fault_and_what_must_be_mended_is_told_apart(string errorType, string fault)
    {
        DocumentedTable.Rows("docs/s3-outcomes.md", "what happens", "outcome").ShouldContain(row => row[1] == "Deferred" && row[2] == errorType && row[3] == fault);
        Exception[] faults = errorType switch
        {
            "connection" => [new HttpRequestException("", new SocketException((int)SocketError.ConnectionRefused)), new IOException(), new HttpRequestException()],
            "timeout" => [new TaskCanceledException(), new TimeoutException(), new HttpRequestException("", new SocketException((int)SocketError.TimedOut))],
            "name" => [new HttpRequestException("", new SocketException((int)SocketError.HostNotFound))],
            "tls" => [new HttpRequestException("", new AuthenticationException())],
            "address_refused" => [new HttpRequestException("", new AddressRefusedException("inside"))],
            "secret_missing" => [new SecretException("There is no secret.")],
            _ => [new AmazonClientException("No RegionEndpoint or ServiceURL configured")],
        };

        foreach (var thrown in faults)
            Word(S3Outcomes.Of(thrown, Place, S3Step.Put, TimeProvider.System)!).ShouldBe(("Deferred", errorType, fault), thrown.ToString());
    }

    [Fact]
    public void What_is_no_fault_of_the_destination_is_no_outcome() =>
        S3Outcomes.Of(new InvalidDataException(), Place, S3Step.Put, TimeProvider.System).ShouldBeNull();

    [Fact]
    public void A_refusal_names_bucket_export_and_every_right_that_the_request_needs()
    {
        var export = Export.With(objects => objects with
        {
            ServerSideEncryption = "aws:kms", Acl = "private", ValueByTag = new Dictionary<string, string> { ["a"] = "b" },
        });

        var outcome = S3Outcomes.OfAnswer("AccessDenied", 403, null, new(export, "reports"), S3Step.Put);

        Detail(outcome).ShouldBe(
            "S3 bucket 'reports' in export 'daily' refused the request (AccessDenied). Check that the credentials may "
            + "s3:PutObject, s3:PutObjectTagging, s3:PutObjectAcl, kms:GenerateDataKey under 's3://reports/backup/'.");
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("86400", 3600)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData("Wed, 01 Jan 2020 00:00:00 GMT", 0)]
    public async Task A_wish_to_wait_is_bounded(string header, int? seconds)
    {
        await using var s3 = await S3Double.StartAsync();
        using var bucket = new BucketSender();
        var export = TestExports.ToBucket(s3.Endpoint, conditions: ConditionalPut.Honoured);
        s3.FailNext(S3Stage.Put, S3Fault.SlowDown with { RetryAfter = header });

        var outcome = await bucket.Sender.SendAsync(TestBatch.Seal(export, 1).Attempt(export), TestContext.Current.CancellationToken);

        outcome.ShouldBeOfType<Outcome.Deferred>().After.ShouldBe(seconds is null ? null : TimeSpan.FromSeconds(seconds.Value));
    }

    private static (string, string, string) Word(Outcome outcome) => outcome switch
    {
        Outcome.Deferred deferred => ("Deferred", deferred.ErrorType, deferred.Fault.ToString()),
        Outcome.Rejected rejected => ("Rejected", rejected.ErrorType, ""),
        _ => ("Delivered", "", ""),
    };

    private static string Detail(Outcome outcome) => outcome switch
    {
        Outcome.Deferred deferred => deferred.Detail,
        Outcome.Rejected rejected => rejected.Detail,
        _ => "",
    };
}
