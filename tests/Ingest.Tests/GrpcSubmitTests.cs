using Exporter.Ingest.V1;
using Exporter.Reports.V1;
using Google.Rpc;
using Grpc.Core;

namespace Exporter.Ingest;

public sealed class GrpcSubmitTests
{
    [Fact]
    public async Task Reports_are_stored_byte_for_byte_before_the_answer()
    {
        await using var host = await IngestHost.StartAsync();
        using var calls = new GrpcCalls(host);
        Report[] reports = [.. Enumerable.Range(0, 25).Select(i => Sample.Report(host.Clock.GetUtcNow(), i))];

        var answer = await calls.SubmitAsync(reports);

        answer.ShouldBe(new() { AcceptedCount = 25 });
        host.Store.Reports.Select(stored => stored.Report).ShouldBe(reports);
    }

    [Fact]
    public async Task Reports_are_grouped_by_source()
    {
        await using var host = await IngestHost.StartAsync();
        using var calls = new GrpcCalls(host);
        var reports = Enum.GetValues<PositionSource>().Append((PositionSource)77).Select(source =>
        {
            var report = Sample.Report(host.Clock.GetUtcNow());
            report.Position.Source = source;
            return report;
        });

        await calls.SubmitAsync([.. reports]);

        host.Store.Reports.CountBy(stored => stored.Source).ToDictionary()
            .ShouldBe(new Dictionary<string, int> { ["gnss"] = 3, ["fused"] = 1, ["fixed"] = 1, ["query"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_bad_report_is_refused_alone()
    {
        await using var host = await IngestHost.StartAsync();
        using var calls = new GrpcCalls(host);
        var now = host.Clock.GetUtcNow();
        var outside = Sample.Report(now, 1);
        outside.Position.LatitudeDegrees = double.NaN;
        var wordy = Sample.Report(now, 2);
        wordy.WifiAccessPoints[1].Ssid = new string('ä', 129);

        var answer = await calls.SubmitAsync(Sample.Report(now), outside, wordy, Sample.Report(now, 3));

        answer.AcceptedCount.ShouldBe(2);
        answer.RejectedReports.Select(report => (report.Index, report.FieldPath, report.Reason)).ShouldBe(
        [
            (1, "position.latitudeDegrees", RejectReason.OutOfRange),
            (2, "wifiAccessPoints.1.ssid", RejectReason.StringTooLong),
        ]);
        host.Store.Reports.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Dropped_reports_are_counted_by_reason()
    {
        await using var host = await IngestHost.StartAsync();
        using var calls = new GrpcCalls(host);
        var now = host.Clock.GetUtcNow();
        var hidden = new Report { WifiAccessPoints = { new WifiAccessPoint { MacAddress = "01005e901000", Ssid = "" } } };

        var answer = await calls.SubmitAsync(
            Sample.Report(now.AddDays(-366)), Sample.Report(now.AddDays(-364)), Sample.Report(now.AddHours(25)), new(), new(), hidden);

        answer.AcceptedCount.ShouldBe(1);
        answer.Dropped.Select(dropped => (dropped.Reason, dropped.Count)).ShouldBe(
        [
            (DropReason.NoNetworks, 2), (DropReason.TooOld, 1), (DropReason.InFuture, 1), (DropReason.Privacy, 1),
        ]);
    }

    [Fact]
    public async Task Ten_thousand_reports_are_taken_and_one_more_is_INVALID_ARGUMENT()
    {
        await using var host = await IngestHost.StartAsync();
        using var calls = new GrpcCalls(host);
        Report[] most = [.. Enumerable.Range(0, 10_000).Select(i => Sample.Report(host.Clock.GetUtcNow(), i))];

        (await calls.SubmitAsync(most)).AcceptedCount.ShouldBe(10_000);
        var refused = await Should.ThrowAsync<RpcException>(() => calls.SubmitAsync([.. most, new()]));

        refused.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        GrpcCalls.DetailOf<BadRequest>(refused).FieldViolations.ShouldHaveSingleItem().Field.ShouldBe("reports");
        host.Store.Reports.Count.ShouldBe(10_000);
        host.Store.Reports.DistinctBy(stored => stored.Block).ShouldAllBe(stored => stored.Block.ReportCount <= 1000);
    }

    [Fact]
    public async Task A_refusing_store_is_RESOURCE_EXHAUSTED_with_RetryInfo()
    {
        await using var host = await IngestHost.StartAsync();
        using var calls = new GrpcCalls(host);
        host.Store.Refusal = new("store_full", "The disk is full.", TimeSpan.FromSeconds(30));

        var refused = await Should.ThrowAsync<RpcException>(() => calls.SubmitAsync(Sample.Report(host.Clock.GetUtcNow())));

        refused.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        refused.Status.Detail.ShouldBe("The disk is full.");
        GrpcCalls.DetailOf<RetryInfo>(refused).RetryDelay.Seconds.ShouldBe(30);
    }

    [Fact]
    public async Task A_failed_commit_is_UNAVAILABLE_with_RetryInfo_and_logged_once()
    {
        await using var host = await IngestHost.StartAsync();
        using var calls = new GrpcCalls(host);
        host.Store.FailCommit(new IOException("disk on fire"));
        host.Store.FailCommit(new IOException("disk on fire"));

        for (var i = 0; i < 2; i++)
        {
            var refused = await Should.ThrowAsync<RpcException>(() => calls.SubmitAsync(Sample.Report(host.Clock.GetUtcNow())));
            refused.StatusCode.ShouldBe(StatusCode.Unavailable);
            refused.Status.Detail.ShouldNotContain("fire");
            GrpcCalls.DetailOf<RetryInfo>(refused).RetryDelay.Seconds.ShouldBe(5);
        }

        (await calls.SubmitAsync(Sample.Report(host.Clock.GetUtcNow()))).AcceptedCount.ShouldBe(1);
        host.Logs.Count(1001).ShouldBe(1);
    }

    [Fact]
    public async Task A_repeated_idempotency_key_gets_the_first_answer()
    {
        await using var host = await IngestHost.StartAsync();
        using var calls = new GrpcCalls(host);
        var key = GrpcCalls.Key("k1");
        Report[] reports = [Sample.Report(host.Clock.GetUtcNow()), new()];

        var first = await calls.SubmitAsync(key, reports);
        host.Clock.Advance(TimeSpan.FromDays(2));
        var again = await calls.SubmitAsync(key, reports);

        again.ShouldBe(first);
        host.Store.Reports.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_idempotency_key_with_other_reports_is_INVALID_ARGUMENT()
    {
        await using var host = await IngestHost.StartAsync();
        using var calls = new GrpcCalls(host);
        var key = GrpcCalls.Key("k1");
        await calls.SubmitAsync(key, Sample.Report(host.Clock.GetUtcNow()));

        var refused = await Should.ThrowAsync<RpcException>(() => calls.SubmitAsync(key, Sample.Report(host.Clock.GetUtcNow(), 1)));

        refused.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        GrpcCalls.DetailOf<BadRequest>(refused).FieldViolations.ShouldHaveSingleItem().Field.ShouldBe("idempotency_key");
        host.Store.Reports.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_idempotency_key_of_129_characters_is_INVALID_ARGUMENT()
    {
        await using var host = await IngestHost.StartAsync();
        using var calls = new GrpcCalls(host);
        var report = Sample.Report(host.Clock.GetUtcNow());

        (await calls.SubmitAsync(GrpcCalls.Key(new string('k', 128)), report)).AcceptedCount.ShouldBe(1);
        var refused = await Should.ThrowAsync<RpcException>(
            () => calls.SubmitAsync(GrpcCalls.Key(new string('k', 129)), report));

        refused.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        host.Store.Reports.Count.ShouldBe(1);
    }
}
