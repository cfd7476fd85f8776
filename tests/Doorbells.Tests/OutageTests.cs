using Exporter.Delivery.Exports;
using Exporter.Doorbells.Hosting;
using Exporter.TestKit.Servers;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exporter.Doorbells;

[Collection(BrokerFixture.Name)]
public sealed class OutageTests : IAsyncLifetime
{
    private RabbitMqServer server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await RabbitMqServer.StartOwnAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_the_broker_away_rings_go_on_at_their_pace_and_all_ring_again_when_it_is_back(bool isKilled)
    {
        await MakeQueuesAsync();
        using var counts = new CountedMetrics();
        await using var host = await DoorbellHost.StartAsync(server.ConnectionString, [DoorbellQueue.RouteReports, DoorbellQueue.Deliver(ExportKind.S3)]);
        await host.WaitForHealthAsync(HealthStatus.Healthy);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        long rings = 0;
        var ringing = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                host.Doorbell.ReportsAccepted(1);
                host.Doorbell.DeliverBatch(ExportKind.S3);
                Interlocked.Increment(ref rings);
            }
        }, Cancel);
        await DoorbellHost.WokenAsync(host.Routing);
        await DoorbellHost.WokenAsync(host.S3);

        await (isKilled ? server.KillNodeAsync() : server.StopNodeAsync());
        await host.WaitForHealthAsync(HealthStatus.Unhealthy);
        await counts.WaitForAsync("exporter.doorbell.published", 1, "exporter.outcome=dropped");
        var before = Interlocked.Read(ref rings);
        while (Interlocked.Read(ref rings) < before + 1_000_000)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
        (await host.HealthAsync()).ShouldBe(HealthStatus.Unhealthy);
        counts.Sum("exporter.doorbell.published").ShouldBeLessThan(rings / 100);
        await stop.CancelAsync();
        await ringing;

        var routing = DoorbellHost.WokenAsync(host.Routing);
        var s3 = DoorbellHost.WokenAsync(host.S3);
        await server.StartNodeAsync();
        await host.WaitForHealthAsync(HealthStatus.Healthy);
        await Task.WhenAll(routing, s3);
        host.Log.Count("BusLost").ShouldBe(1);
        await host.WaitForEventAsync("BusRestored");
        host.Log.Count("BusRestored").ShouldBe(1);
        host.Log.Lines.ShouldNotContain(line => line.Text.Contains(RabbitMqServer.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_the_broker_away_at_start_a_service_starts_and_connects_later()
    {
        await server.StopNodeAsync();
        await using var router = await DoorbellHost.StartAsync(server.ConnectionString, [DoorbellQueue.RouteReports]);
        await using var ingest = await DoorbellHost.StartAsync(server.ConnectionString, []);
        (await ingest.HealthAsync()).ShouldBe(HealthStatus.Unhealthy);
        ingest.Doorbell.ReportsAccepted(1);

        await server.StartNodeAsync();
        await ingest.WaitForHealthAsync(HealthStatus.Healthy);
        await router.WaitForHealthAsync(HealthStatus.Healthy);
        ingest.Doorbell.ReportsAccepted(1);
        await DoorbellHost.WokenAsync(router.Routing);
    }

    [Fact]
    public async Task A_service_stops_while_the_broker_is_away()
    {
        var host = await DoorbellHost.StartAsync(Carrier.RabbitMq, server.ConnectionString);
        await server.KillNodeAsync();
        await host.WaitForHealthAsync(HealthStatus.Unhealthy);
        host.Doorbell.ReportsAccepted(1);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Publishing_is_confirmed_and_what_is_sent_ahead_is_bounded()
    {
        await using var host = await DoorbellHost.StartAsync(server.ConnectionString, [DoorbellQueue.RouteReports], ("Doorbells:Prefetch", "7"));
        await host.WaitForHealthAsync(HealthStatus.Healthy);
        host.Doorbell.ReportsAccepted(1);
        await DoorbellHost.WokenAsync(host.Routing);

        (await server.ControlAsync("list_channels", "confirm")).Distinct().ShouldBe(["true"]);
        (await server.ControlAsync("list_consumers", "queue_name", "ack_required", "prefetch_count")).ShouldContain("exporter-route-reports\ttrue\t7");
        (await server.ControlAsync("list_queues", "name", "type")).ShouldContain("exporter-route-reports\tquorum");
    }

    /// <summary>RabbitMQ 3.10 on one node loses the leader of a queue that it made in the second before it was killed.</summary>
    private async Task MakeQueuesAsync()
    {
        await using (await DoorbellHost.StartAsync(Carrier.RabbitMq, server.ConnectionString))
            await server.StopNodeAsync();
        await server.StartNodeAsync();
    }
}
