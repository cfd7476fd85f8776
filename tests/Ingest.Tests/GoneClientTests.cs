using System.Net;
using System.Net.Sockets;
using System.Text;
using Exporter.Delivery.Blocks;
using Exporter.Ingest.V1;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Exporter.Ingest;

/// <summary>Clients that go away, are slow, or come while the instance stops.</summary>
public sealed class GoneClientTests
{
    [Fact]
    public async Task What_a_client_sent_before_it_went_away_is_stored_and_nothing_is_logged()
    {
        await using var host = await IngestHost.StartAsync();
        var open = new TaskCompletionSource();
        host.Store.Open = open.Task;
        var calls = new GrpcCalls(host);
        var stream = calls.Stream();
        for (var i = 0; i < 5; i++)
            await stream.SendAsync(new() { SequenceNumber = i, Reports = { Sample.Report(host.Clock.GetUtcNow(), i) } });
        await Eventually.BecomesTrueAsync(() => Committer(host).HeldBytes > 5 * 256 && host.Store.Entered > 0);

        stream.Dispose();
        calls.Dispose();
        open.SetResult();

        await Eventually.BecomesTrueAsync(() => host.Store.Snapshot().Count == 5 && Committer(host).HeldBytes == 0);
        await host.StopAsync();
        host.Logs.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_that_dribbles_is_cut_off_with_408()
    {
        await using var host = await IngestHost.StartAsync(host => host.Kestrel = kestrel =>
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1_000_000, gracePeriod: TimeSpan.FromSeconds(1.1)));
        var cancel = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.HttpAddress.Port, cancel);
        var stream = client.GetStream();

        await stream.WriteAsync("POST /v2/geosubmit HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n{"u8.ToArray(), cancel);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var status = await reader.ReadLineAsync(cancel);

        status.ShouldBe("HTTP/1.1 408 Request Timeout");
        host.Store.Entered.ShouldBe(0);
    }

    [Fact]
    public async Task A_stop_waits_for_the_answer_to_a_request_that_is_in()
    {
        await using var host = await IngestHost.StartAsync();
        var open = new TaskCompletionSource();
        host.Store.Open = open.Task;
        var posting = host.PostAsync(Sample.Json(host.Clock.GetUtcNow()));
        await Eventually.BecomesTrueAsync(() => host.Store.Entered == 1);

        var stopping = host.StopAsync();
        open.SetResult();
        using var response = await posting;
        await stopping;

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Store.Reports.Count.ShouldBe(1);
        (await Should.ThrowAsync<StoreRefusedException>(Committer(host).CommitAsync(new(null, [])))).Refusal.ErrorType.ShouldBe("stopping");
    }

    [Fact]
    public async Task While_much_waits_a_stream_holds_one_message_in_flight_and_is_not_refused()
    {
        await using var host = await IngestHost.StartAsync(host => host.Settings["Ingest:GroupCommit:MaxHeldBytes"] = "1048576");
        var open = new TaskCompletionSource();
        host.Store.Open = open.Task;
        using var calls = new GrpcCalls(host);
        var message = new StreamReportsRequest { Reports = { Enumerable.Repeat(Sample.Report(host.Clock.GetUtcNow()), 1300) } };
        using var one = calls.Stream();
        using var other = calls.Stream();
        var reading = Task.WhenAll(one.ReadAllAsync(), other.ReadAllAsync());
        var sending = Task.WhenAll(SendAsync(one), SendAsync(other));

        await Eventually.BecomesTrueAsync(() => Committer(host).HeldBytes > 400_000);
        open.SetResult();
        await sending;

        (await reading).ShouldAllBe(answers => answers.Count == 20);

        async Task SendAsync(Grpc.Core.AsyncDuplexStreamingCall<StreamReportsRequest, StreamReportsResponse> stream)
        {
            for (var i = 0; i < 20; i++)
                await stream.SendAsync(message);
            await stream.RequestStream.CompleteAsync();
        }
    }

    private static GroupCommitter Committer(IngestHost host) => (GroupCommitter)host.Services.GetService(typeof(GroupCommitter))!;
}
