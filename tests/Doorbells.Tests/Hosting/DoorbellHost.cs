using Exporter.Delivery.Exports;
using Exporter.Delivery.Routing;
using Exporter.Delivery.Sending;
using Exporter.Delivery.Wakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exporter.Doorbells.Hosting;

/// <summary>A process with doorbells, and the loops that they wake.</summary>
internal sealed class DoorbellHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly IHost host;

    private DoorbellHost(IHost host, CollectedLog log)
    {
        (this.host, Log) = (host, log);
        S3 = Services.GetRequiredService<DeliveryWakes>().Of(ExportKind.S3, Guid.NewGuid());
        Dummy = Services.GetRequiredService<DeliveryWakes>().Of(ExportKind.Dummy, Guid.NewGuid());
    }

    public IServiceProvider Services => host.Services;

    public CollectedLog Log { get; }

    public IDoorbell Doorbell => Services.GetRequiredService<IDoorbell>();

    public WakeSignal Routing => Services.GetRequiredService<RoutingWake>().Signal;

    public WakeSignal S3 { get; }

    public WakeSignal Dummy { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts one that answers every queue, and waits for its bus.</summary>
    public static async Task<DoorbellHost> StartAsync(Carrier carrier, string connectionString)
    {
        var started = carrier == Carrier.InMemory ? await StartAsync(services => services.AddInMemoryDoorbells()) : await StartAsync(connectionString, [.. DoorbellQueue.All]);
        await started.WaitForHealthAsync(HealthStatus.Healthy);
        return started;
    }

    /// <summary>Starts one on RabbitMQ that answers some queues; its bus may come up later.</summary>
    public static Task<DoorbellHost> StartAsync(string connectionString, DoorbellQueue[] answered, params (string Key, string Value)[] settings) => StartAsync(services =>
    {
        var given = settings.Append(("ConnectionStrings:rabbitmq", connectionString)).ToDictionary(setting => setting.Item1, string? (setting) => setting.Item2);
        services.AddRabbitMqDoorbells(new ConfigurationBuilder().AddInMemoryCollection(given).Build(), answered);
    });

    public async Task WaitForHealthAsync(HealthStatus status)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        time.CancelAfter(Patience);
        var bus = await BusAsync();
        for (; bus.Status != status; bus = await BusAsync())
        {
            time.IsCancellationRequested.ShouldBeFalse($"The bus is {bus.Status}, not {status}: {bus.Description}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
        }
    }

    public async Task WaitForEventAsync(string name)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        time.CancelAfter(Patience);
        while (Log.Count(name) == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, time.Token);
    }

    public async Task<HealthStatus> HealthAsync() => (await BusAsync()).Status;

    /// <summary>Waits until a loop is woken.</summary>
    /// <exception cref="OperationCanceledException">It never was.</exception>
    public static async Task WokenAsync(WakeSignal loop)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        time.CancelAfter(Patience);
        await loop.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, time.Token);
    }

    public Task StopAsync() => host.StopAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(Cancel);
        host.Dispose();
    }

    private async Task<HealthReportEntry> BusAsync() => (await Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancel)).Entries["bus"];

    private static async Task<DoorbellHost> StartAsync(Action<IServiceCollection> add)
    {
        var log = new CollectedLog();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Exporter.Doorbells.Tests" });
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log);
        builder.Services.AddSingleton(TimeProvider.System);
        add(builder.Services);
        var started = new DoorbellHost(builder.Build(), log);
        await started.host.StartAsync(Cancel);
        return started;
    }
}
