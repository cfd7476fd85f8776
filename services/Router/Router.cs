using Exporter.Delivery.Exports;
using Exporter.Delivery.Routing;
using Exporter.Delivery.Sending;
using Exporter.Router.Routing;
using Exporter.Router.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Exporter.Router;

/// <summary>Router: blocks into partitions, partitions into batches, and the exports of kind dummy.</summary>
public static class Router
{
    /// <summary>Adds everything that Router needs beside a store, a bus and the defaults.</summary>
    public static WebApplicationBuilder AddRouter(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddDelivery(builder.Configuration);
        services.TryAddSingleton<RoutingWake>();
        services.AddSingleton<IBatchSenderFactory, DiscardSender>();
        services.AddHostedService<RoutingLoop>();
        services.AddHostedService<SealingLoop>();
        services.AddHostedService<ReleaseLoop>();
        services.AddHostedService<OrphanSweep>();
        services.AddHostedService<StoreGauges>();
        services.AddHealthChecks().AddCheck<DeliveryHealth>("delivery");
        return builder;
    }
}
