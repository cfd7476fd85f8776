using Exporter.Delivery.Exports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Exporter.Delivery.Sending;

/// <summary>What every service that delivers needs; may be called by several in one process.</summary>
public static class DeliveryRegistration
{
    /// <summary>Adds the export snapshots, the delivery loops with their health, and their options (section <c>Delivery</c>).</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(service => service.ServiceType == typeof(ExportSnapshots)))
            return services;

        var options = new DeliveryOptions();
        configuration.GetSection("Delivery").Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        var problems = options.Problems("Delivery").ToList();
        if (problems.Count > 0)
            throw new OptionsValidationException("Delivery", typeof(DeliveryOptions), problems);

        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DeliveryWakes>();
        services.AddHealthChecks().AddCheck<DestinationHealth>("destinations");
        services.AddSingleton<ExportSnapshots>();
        services.AddHostedService(provider => provider.GetRequiredService<ExportSnapshots>());
        services.AddHostedService<DeliveryService>();
        return services;
    }
}
