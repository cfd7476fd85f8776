using System.Net;
using Exporter.Ingest.Limits;
using Grpc.Core;

namespace Exporter.Ingest;

public sealed class AddressLimitTests
{
    [Fact]
    public async Task Too_many_requests_of_one_address_in_a_minute_are_429_at_both_doors()
    {
        await using var host = await IngestHost.StartAsync(host =>
        {
            host.Settings["Ingest:Limits:RequestsPerMinutePerAddress"] = "2";
            host.Clock.MoveTo(new(2026, 11, 21, 12, 0, 10, TimeSpan.Zero));
        });
        using var calls = new GrpcCalls(host);

        using var first = await host.PostAsync("{\"items\":[]}");
        await calls.SubmitAsync();
        using var refused = await host.PostAsync("{\"items\":[]}");
        var exhausted = await Should.ThrowAsync<RpcException>(() => calls.SubmitAsync());

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(50));
        (await refused.JsonAsync()).GetProperty("error").GetProperty("errors")[0].GetProperty("domain").GetString().ShouldBe("usageLimits");
        exhausted.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        using var later = await host.PostAsync("{\"items\":[]}");
        later.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::2", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("0.0.0.1", "::1", false)]
    public void Who_counts_as_one_client(string one, string other, bool same) =>
        (ClientAddress.Of(IPAddress.Parse(one)) == ClientAddress.Of(IPAddress.Parse(other))).ShouldBe(same);

    [Fact]
    public async Task It_is_off_by_default()
    {
        await using var host = await IngestHost.StartAsync();

        for (var i = 0; i < 100; i++)
        {
            using var answer = await host.PostAsync("{\"items\":[]}");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public void Its_table_is_bounded()
    {
        var clock = new ShiftedClock();
        clock.MoveTo(new(2026, 11, 21, 12, 0, 10, TimeSpan.Zero));
        var window = new AddressWindow<object>((_, _) => new(), clock);

        for (var i = 0; i < AddressWindow<object>.MaxAddresses; i++)
            window.Of(new((ulong)i)).ShouldNotBeNull();
        window.Of(new(AddressWindow<object>.MaxAddresses)).ShouldBeNull();
        window.Of(new(0)).ShouldNotBeNull();

        window.Count.ShouldBe(AddressWindow<object>.MaxAddresses);
        clock.Advance(TimeSpan.FromMinutes(1));
        window.Of(new(AddressWindow<object>.MaxAddresses)).ShouldNotBeNull();
        window.Count.ShouldBe(1);
    }
}
