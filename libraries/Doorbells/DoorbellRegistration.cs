using Exporter.Delivery.Routing;
using Exporter.Delivery.Sending;
using Exporter.Delivery.Telemetry;
using Exporter.Delivery.Wakes;
using Exporter.Doorbells.Answering;
using Exporter.Doorbells.RabbitMq;
using Exporter.Doorbells.Ringing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Exporter.Doorbells;

/// <summary>Puts doorbells on a bus.</summary>
public static class DoorbellRegistration
{
    private const string Section = "Doorbells";
    private const string Connection = "rabbitmq";
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The bus in memory, with every queue: for one process.</summary>
    public static IServiceCollection AddInMemoryDoorbells(this IServiceCollection services)
    {
        services.AddSingleton(new DoorbellOptions());
        return services.AddDoorbells(bus => bus.UsingInMemory((context, transport) => InMemoryBus.Configure(context, transport, DoorbellQueue.All)));
    }

    /// <summary>
    /// The bus on RabbitMQ, at the connection string <c>rabbitmq</c>, with the options of section <c>Doorbells</c>. A process
    /// that answers no queue only rings.
    /// </summary>
    /// <exception cref="OptionsValidationException">A setting is wrong; the message lists every fault.</exception>
    public static IServiceCollection AddRabbitMqDoorbells(this IServiceCollection services, IConfiguration configuration, params DoorbellQueue[] answered)
    {
        var options = new DoorbellOptions();
        configuration.GetSection(Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        var problems = options.Problems(Section).ToList();
        if (!RabbitMqAddress.TryParse(configuration.GetConnectionString(Connection), out var address, out var problem))
            problems.Add($"'ConnectionStrings:{Connection}' {problem}.");
        if (address is null || problems.Count > 0)
            throw new OptionsValidationException(Section, typeof(DoorbellOptions), problems);

        services.AddSingleton(options);
        return services.AddDoorbells(bus => bus.UsingRabbitMq((context, transport) => RabbitMqBus.Configure(context, transport, address, answered)));
    }

    private static IServiceCollection AddDoorbells(this IServiceCollection services, Action<IBusRegistrationConfigurator> addTransport)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RoutingWake>();
        services.TryAddSingleton<DeliveryWakes>();
        services.AddSingleton<BusLine>();
        services.AddSingleton<RefusedDoorbells>();
        services.AddSingleton<BusDoorbell>();
        services.AddSingleton<IDoorbell>(provider => provider.GetRequiredService<BusDoorbell>());
        services.AddHostedService(provider => provider.GetRequiredService<BusDoorbell>());
        services.AddReceiveEndpointObserver(provider => provider.GetRequiredService<BusLine>());
        services.Configure<MassTransitHostOptions>(host => host.StopTimeout = StopTimeout);

        // BusLine says once what MassTransit would say at every try.
        services.AddLogging(logging => logging.AddFilter("MassTransit", LogLevel.None));
        return services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.ConfigureHealthCheckOptions(health =>
            {
                health.Name = "bus";
                health.Tags.Add(HealthTag.Advisory);
            });
            bus.AddConsumer<RouteReports, RouteReportsDefinition>();
            bus.AddConsumer<DeliverBatches, DeliverBatchesDefinition>();
            addTransport(bus);
        });
    }
}
