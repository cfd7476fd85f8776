using Exporter.Delivery.Blocks;
using Exporter.Ingest.Calls;
using Exporter.Ingest.V1;
using Exporter.Reports.V1;
using Google.Rpc;
using Grpc.Core;

namespace Exporter.Ingest;

public sealed class GrpcStreamTests
{
    private static readonly StoreRefusedException Full = new(new("store_full", "The disk is full.", TimeSpan.FromSeconds(7)));

    [Fact]
    public async Task Messages_are_answered_in_order_with_their_sequence_numbers()
    {
        await using var host = await IngestHost.StartAsync();
        using var calls = new GrpcCalls(host);
        using var stream = calls.Stream();
        var reading = stream.ReadAllAsync();

        for (var i = 0; i < 500; i++)
            await stream.SendAsync(Message(host, i, reports: i % 3));
        await stream.RequestStream.CompleteAsync();

        var answers = await reading;
        answers.Select(answer => answer.SequenceNumber).ShouldBe(Enumerable.Range(0, 500).Select(i => (long)i));
        answers.Select(answer => answer.Result.AcceptedCount).ShouldBe(Enumerable.Range(0, 500).Select(i => i % 3));
        host.Store.Reports.Count.ShouldBe(answers.Sum(answer => answer.Result.AcceptedCount));
    }

    [Fact]
    public async Task Several_messages_share_a_commit_and_no_more_than_the_window_are_in_flight()
    {
        await using var host = await IngestHost.StartAsync();
        var open = new TaskCompletionSource();
        host.Store.Open = open.Task;
        using var calls = new GrpcCalls(host);
        using var stream = calls.Stream();
        var reading = stream.ReadAllAsync();
        var committer = Committer(host);

        for (var i = 0; i < 40; i++)
            await stream.SendAsync(Message(host, i));
        await stream.RequestStream.CompleteAsync();
        var bytes = 256 + 3 + Message(host, 0).Reports[0].CalculateSize();
        await Eventually.BecomesTrueAsync(() => committer.HeldBytes >= (StreamWindow.MaxMessages - 1) * (bytes - 20));
        committer.HeldBytes.ShouldBeLessThanOrEqualTo(StreamWindow.MaxMessages * bytes);
        open.SetResult();

        (await reading).Count.ShouldBe(40);
        host.Store.CommitSizes.Count.ShouldBeLessThan(40);
        host.Store.CommitSizes.Max().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Once_a_message_is_refused_nothing_later_is_stored()
    {
        await using var host = await IngestHost.StartAsync();
        var open = new TaskCompletionSource();
        host.Store.Open = open.Task;
        host.Store.LetCommitPass();
        host.Store.FailCommit(Full);
        using var calls = new GrpcCalls(host);
        using var stream = calls.Stream();
        var reading = stream.ReadRefusedAsync();

        await stream.SendAsync(Message(host, 1));
        await Eventually.BecomesTrueAsync(() => host.Store.Entered == 1);
        for (var i = 2; i <= 12; i++)
            await stream.SendAsync(Message(host, i));
        open.SetResult();
        var (answers, refusal) = await reading;

        answers.ShouldHaveSingleItem().SequenceNumber.ShouldBe(1);
        refusal.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        GrpcCalls.DetailOf<RetryInfo>(refusal).RetryDelay.Seconds.ShouldBe(7);
        using var other = calls.Stream();
        await other.SendAsync(Message(host, 100));
        await other.RequestStream.CompleteAsync();
        (await other.ReadAllAsync()).ShouldHaveSingleItem();
        host.Store.Reports.Select(stored => stored.Report.WifiAccessPoints[0].MacAddress)
            .ShouldBe(["a0b1c2000001", "a0b1c2000064"]);
    }

    [Fact]
    public async Task A_reused_key_in_a_stream_stops_what_comes_after_it()
    {
        await using var host = await IngestHost.StartAsync();
        using var calls = new GrpcCalls(host);
        await calls.SubmitAsync(GrpcCalls.Key("taken"), Sample.Report(host.Clock.GetUtcNow(), 999));
        var open = new TaskCompletionSource();
        host.Store.Open = open.Task;
        using var stream = calls.Stream();
        var reading = stream.ReadRefusedAsync();

        await stream.SendAsync(Message(host, 1, key: "own"));
        await stream.SendAsync(Message(host, 2, key: "taken"));
        for (var i = 3; i < 10; i++)
            await stream.SendAsync(Message(host, i));
        open.SetResult();
        var (answers, refusal) = await reading;

        answers.ShouldHaveSingleItem().SequenceNumber.ShouldBe(1);
        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        host.Store.Reports.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_message_sent_again_on_another_stream_gets_its_first_answer()
    {
        await using var host = await IngestHost.StartAsync();
        using var calls = new GrpcCalls(host);
        var message = Message(host, 1, reports: 3, key: "m1");
        List<StreamReportsResponse> answers = [];
        for (var round = 0; round < 2; round++)
        {
            using var stream = calls.Stream();
            message.SequenceNumber = round;
            await stream.SendAsync(message);
            await stream.RequestStream.CompleteAsync();
            answers.AddRange(await stream.ReadAllAsync());
        }

        answers[1].Result.ShouldBe(answers[0].Result);
        answers[1].SequenceNumber.ShouldBe(1);
        host.Store.Reports.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Too_many_reports_in_a_message_end_the_stream_after_the_answers_before_it()
    {
        await using var host = await IngestHost.StartAsync(host => host.Settings["Ingest:Limits:MaxReports"] = "5");
        using var calls = new GrpcCalls(host);
        using var stream = calls.Stream();
        var reading = stream.ReadRefusedAsync();

        await stream.SendAsync(Message(host, 1, reports: 5));
        await stream.SendAsync(Message(host, 2, reports: 6));
        await stream.SendAsync(Message(host, 3));
        var (answers, refusal) = await reading;

        answers.ShouldHaveSingleItem().SequenceNumber.ShouldBe(1);
        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        host.Store.Reports.Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_stopping_instance_answers_what_it_took_and_ends_its_streams()
    {
        await using var host = await IngestHost.StartAsync();
        using var calls = new GrpcCalls(host);
        using var stream = calls.Stream();
        await stream.SendAsync(Message(host, 1));
        (await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken)).ShouldBeTrue();
        var reading = stream.ReadRefusedAsync();

        await host.StopAsync();

        var (_, refusal) = await reading;
        refusal.StatusCode.ShouldBe(StatusCode.Unavailable);
        host.Store.Reports.Count.ShouldBe(1);
    }

    [Fact]
    public async Task More_than_Kestrels_body_limit_goes_through_one_stream()
    {
        await using var host = await IngestHost.StartAsync(host => host.Store.KeepsReports = false);
        using var calls = new GrpcCalls(host);
        using var stream = calls.Stream();
        var reading = stream.ReadAllAsync();
        var message = Message(host, 1, reports: 5000);

        var sent = 0L;
        for (; sent < 40_000_000; sent += message.CalculateSize())
            await stream.SendAsync(message);
        await stream.RequestStream.CompleteAsync();

        (await reading).ShouldAllBe(answer => answer.Result.AcceptedCount == 5000);
    }

    private static GroupCommitter Committer(IngestHost host) =>
        (GroupCommitter)host.Services.GetService(typeof(GroupCommitter))!;

    private static StreamReportsRequest Message(IngestHost host, int number, int reports = 1, string key = "") => new()
    {
        SequenceNumber = number,
        Reports = { Enumerable.Repeat(Sample.Report(host.Clock.GetUtcNow(), number), reports) },
        IdempotencyKey = key,
    };
}
