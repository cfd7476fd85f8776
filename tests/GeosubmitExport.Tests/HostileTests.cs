using System.Text;
using Exporter.Delivery.Batches;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Partners;
using Exporter.TestKit.Time;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Exporter.GeosubmitExport;

/// <summary>A partner that behaves badly gets its request's time and no more, and takes nothing from the reports.</summary>
public sealed class HostileTests
{
    private static readonly TimeSpan DripInterval = TimeSpan.FromMilliseconds(20);

    [Theory]
    [InlineData(PartnerEffect.Hang, HttpProtocols.Http1)]
    [InlineData(PartnerEffect.Hang, HttpProtocols.Http1AndHttp2)]
    [InlineData(PartnerEffect.HangAfter, HttpProtocols.Http1AndHttp2)]
    public async Task A_partner_that_hangs_is_left_when_the_time_is_up(PartnerEffect effect, HttpProtocols protocols)
    {
        var clock = new ManualClock();
        await using var stand = await PartnerStand.StartAsync(protocols, clock);
        var export = stand.Export();
        stand.Partner.FailNext(new(effect));

        var sending = stand.SendAsync(TestBatch.Seal(export, 3), export);
        await stand.Partner.StallsAsync(TestContext.Current.CancellationToken);
        clock.Ring();

        var deferred = (await sending).ShouldBeOfType<Outcome.Deferred>();
        (deferred.ErrorType, deferred.Fault).ShouldBe(("timeout", FaultOf.Destination));
    }

    [Theory]
    [InlineData(PartnerEffect.Drip, HttpProtocols.Http1)]
    [InlineData(PartnerEffect.Drip, HttpProtocols.Http1AndHttp2)]
    [InlineData(PartnerEffect.Endless, HttpProtocols.Http1)]
    [InlineData(PartnerEffect.Endless, HttpProtocols.Http1AndHttp2)]
    public async Task A_body_that_does_not_end_changes_nothing_about_what_its_head_said(PartnerEffect effect, HttpProtocols protocols)
    {
        await using var stand = await PartnerStand.StartAsync(protocols, new ManualClock());
        var export = stand.Export(batch: 2);
        var batch = TestBatch.Seal(export, 4);
        stand.Partner.FailNext(new(effect, 503));
        stand.Partner.FailNext(new(effect, 200));

        (await stand.SendAsync(batch, export)).ShouldBeOfType<Outcome.Deferred>().ErrorType.ShouldBe("slow_down");
        (await stand.SendAsync(batch, export, attempt: 2)).ShouldBe(new Outcome.Delivered());

        stand.Partner.AcceptedIds.ShouldBe(batch.Ids.Skip(2));
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http1AndHttp2)]
    public async Task A_connection_that_breaks_is_a_fault_of_the_destination(HttpProtocols protocols)
    {
        await using var stand = await PartnerStand.StartAsync(protocols);
        var export = stand.Export();
        stand.Partner.FailNext(new(PartnerEffect.Reset));

        var deferred = (await stand.SendAsync(TestBatch.Seal(export, 3), export)).ShouldBeOfType<Outcome.Deferred>();

        (deferred.ErrorType, deferred.Fault).ShouldBe(("connection", FaultOf.Destination));
        stand.Partner.Requests.Count.ShouldBe(1, "nothing is sent again behind the schedule's back");
    }

    [Fact]
    public async Task A_head_that_comes_byte_by_byte_is_no_progress_and_ends_with_the_time()
    {
        var clock = new ManualClock();
        await using var stand = await PartnerStand.StartAsync(clock: clock);
        var dripping = new TaskCompletionSource();
        await using var raw = new RawPartner(stand.Authority.Issue(["localhost"]), async (stream, cancel) =>
        {
            await ReadHeadAsync(stream, cancel);
            for (var at = 0; ; at++)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(at < 17 ? "HTTP/1.1 200 OK\r\n"[at..(at + 1)] : "a"), cancel);
                await stream.FlushAsync(cancel);
                if (at == 20)
                    dripping.SetResult();
                await Task.Delay(DripInterval, TimeProvider.System, cancel);
            }
        });
        var export = TestExports.ToPartner(raw.Url);
        var progress = 0;

        var sending = stand.Sender.SendAsync(
            TestBatch.Seal(export, 3).Attempt(export, progress: () => Interlocked.Increment(ref progress)), TestContext.Current.CancellationToken);
        await dripping.Task.WaitAsync(TestContext.Current.CancellationToken);
        var before = Volatile.Read(ref progress);
        clock.Ring();

        (await sending).ShouldBeOfType<Outcome.Deferred>().ErrorType.ShouldBe("timeout");
        Volatile.Read(ref progress).ShouldBe(before);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nX: ", "a")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "")]
    [InlineData("", "")]
    public async Task An_answer_that_is_none_is_a_fault_of_the_destination(string begin, string forEver)
    {
        await using var stand = await PartnerStand.StartAsync();
        await using var raw = new RawPartner(stand.Authority.Issue(["localhost"]), async (stream, cancel) =>
        {
            await ReadHeadAsync(stream, cancel);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(begin), cancel);
            var more = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(forEver, 4096)));
            while (more.Length > 0)
                await stream.WriteAsync(more, cancel);
        });
        var export = TestExports.ToPartner(raw.Url);

        var deferred = (await stand.SendAsync(TestBatch.Seal(export, 3), export)).ShouldBeOfType<Outcome.Deferred>();

        (deferred.ErrorType, deferred.Fault).ShouldBe(("connection", FaultOf.Destination));
    }

    private static async Task ReadHeadAsync(Stream stream, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        _ = await stream.ReadAsync(buffer, cancel);
    }
}
