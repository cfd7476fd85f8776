using Exporter.Delivery.Exports;
using Exporter.Delivery.Routing;
using Exporter.Delivery.Sending;
using Exporter.Delivery.Wakes;
using MassTransit;
using MassTransit.UsageTracking;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Exporter.Doorbells;

public sealed class BusDoorbellTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ring_wakes_the_loop_that_it_is_for()
    {
        using var host = Build();
        await host.StartAsync(Cancel);
        var exportId = Guid.NewGuid();
        var delivery = host.Services.GetRequiredService<DeliveryWakes>().Of(ExportKind.S3, exportId);
        var routing = host.Services.GetRequiredService<RoutingWake>().Signal;

        host.Services.GetRequiredService<IDoorbell>().ReportsAccepted(3);
        await WaitAsync(routing);
        host.Services.GetRequiredService<IDoorbell>().DeliverBatch(ExportKind.S3);
        await WaitAsync(delivery);
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task Rings_never_wait_and_never_fail_with_the_bus_stopped()
    {
        using var host = Build();
        await host.StartAsync(Cancel);
        await host.StopAsync(Cancel);
        var doorbell = host.Services.GetRequiredService<IDoorbell>();
        for (var i = 0; i < 100_000; i++)
            doorbell.ReportsAccepted(1);
        doorbell.DeliverBatch(ExportKind.Dummy);
    }

    [Fact]
    public void The_bus_does_not_phone_home()
    {
        using var host = Build();
        host.Services.GetRequiredService<IOptions<UsageTelemetryOptions>>().Value.Enabled.ShouldBeFalse();
    }

    private static async Task WaitAsync(WakeSignal signal)
    {
        var begun = TimeProvider.System.GetTimestamp();
        await signal.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel);
        TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    private static IHost Build()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<RoutingWake>();
        builder.Services.AddSingleton<DeliveryWakes>();
        builder.Services.AddInMemoryDoorbells();
        return builder.Build();
    }
}
