using Exporter.Delivery.Wakes;
using Google.Protobuf;
using MassTransit;

namespace Exporter.Doorbells;

/// <summary>Puts doorbells on a bus.</summary>
public static class DoorbellRegistration
{
    /// <summary>The bus in memory: for one process.</summary>
    public static IServiceCollection AddInMemoryDoorbells(this IServiceCollection services)
    {
        services.AddSingleton<BusDoorbell>();
        services.AddSingleton<IDoorbell>(provider => provider.GetRequiredService<BusDoorbell>());
        services.AddHostedService(provider => provider.GetRequiredService<BusDoorbell>());
        services.AddMassTransit(bus =>
        {
            bus.SetKebabCaseEndpointNameFormatter();
            bus.DisableUsageTelemetry();
            bus.AddConsumer<RouteReports>().Endpoint(endpoint => endpoint.Name = "exporter-route-reports");
            bus.AddConsumer<DeliverBatches>().Endpoint(endpoint => endpoint.Name = "exporter-deliver-batches");
            bus.UsingInMemory((context, transport) =>
            {
                transport.Publish<IMessage>(topology => topology.Exclude = true);
                transport.Publish<IBufferMessage>(topology => topology.Exclude = true);
                transport.ConfigureEndpoints(context);
            });
        });
        return services;
    }
}
