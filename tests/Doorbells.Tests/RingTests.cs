using Exporter.Delivery.Exports;
using Exporter.Doorbells.Hosting;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Exporter.Doorbells;

[Collection(BrokerFixture.Name)]
public sealed class RingTests(BrokerFixture broker)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Carrier.InMemory)]
    [InlineData(Carrier.RabbitMq)]
    public async Task A_ring_wakes_the_loop_that_it_is_for(Carrier carrier)
    {
        await using var host = await DoorbellHost.StartAsync(carrier, broker.ConnectionString);
        host.Doorbell.ReportsAccepted(3);
        await DoorbellHost.WokenAsync(host.Routing);
        host.Doorbell.DeliverBatch(ExportKind.S3);
        await DoorbellHost.WokenAsync(host.S3);
    }

    [Theory]
    [InlineData(Carrier.InMemory)]
    [InlineData(Carrier.RabbitMq)]
    public async Task A_command_wakes_no_exporter_of_another_kind(Carrier carrier)
    {
        await using var host = await DoorbellHost.StartAsync(carrier, broker.ConnectionString);
        host.Doorbell.DeliverBatch(ExportKind.S3);
        await DoorbellHost.WokenAsync(host.S3);

        var woken = DoorbellHost.WokenAsync(host.Dummy);
        host.Doorbell.DeliverBatch(ExportKind.S3);
        await DoorbellHost.WokenAsync(host.S3);
        woken.IsCompleted.ShouldBeFalse();
        host.Doorbell.DeliverBatch(ExportKind.Dummy);
        await woken;
    }

    [Theory]
    [InlineData(Carrier.InMemory)]
    [InlineData(Carrier.RabbitMq)]
    public async Task Rings_never_wait_and_never_fail_with_the_bus_stopped(Carrier carrier)
    {
        await using var host = await DoorbellHost.StartAsync(carrier, broker.ConnectionString);
        var doorbell = host.Doorbell;
        await host.StopAsync();
        for (var i = 0; i < 100_000; i++)
            doorbell.ReportsAccepted(1);
        doorbell.DeliverBatch(ExportKind.Dummy);
    }

    [Theory]
    [InlineData(Carrier.InMemory)]
    [InlineData(Carrier.RabbitMq)]
    public async Task The_bus_does_not_phone_home(Carrier carrier)
    {
        await using var host = await DoorbellHost.StartAsync(carrier, broker.ConnectionString);
        host.Services.GetRequiredService<IOptions<UsageTelemetryOptions>>().Value.Enabled.ShouldBeFalse();
    }

    [Theory]
    [InlineData(Carrier.InMemory)]
    [InlineData(Carrier.RabbitMq)]
    public async Task A_quiet_bus_logs_nothing(Carrier carrier)
    {
        var host = await DoorbellHost.StartAsync(carrier, broker.ConnectionString);
        host.Doorbell.ReportsAccepted(3);
        await DoorbellHost.WokenAsync(host.Routing);
        await host.DisposeAsync();
        host.Log.Lines.Where(line => !line.Category.StartsWith("Microsoft.", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Services_of_their_own_ring_each_other_through_the_broker()
    {
        await using var router = await DoorbellHost.StartAsync(broker.ConnectionString, [DoorbellQueue.RouteReports, DoorbellQueue.Deliver(ExportKind.Dummy)]);
        await using var exporter = await DoorbellHost.StartAsync(broker.ConnectionString, [DoorbellQueue.Deliver(ExportKind.S3)]);
        await using var ingest = await DoorbellHost.StartAsync(broker.ConnectionString, []);
        foreach (var service in new[] { router, exporter, ingest })
            await service.WaitForHealthAsync(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy);

        ingest.Doorbell.ReportsAccepted(1);
        await DoorbellHost.WokenAsync(router.Routing);
        router.Doorbell.DeliverBatch(ExportKind.S3);
        await DoorbellHost.WokenAsync(exporter.S3);
    }
}
