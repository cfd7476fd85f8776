using Exporter.Delivery.Addresses;
using Exporter.Delivery.Objects;
using Exporter.Delivery.Secrets;
using Exporter.Delivery.Sending;
using Exporter.GeosubmitExport.Checks;
using Exporter.GeosubmitExport.Parts;
using Exporter.GeosubmitExport.Requests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Exporter.GeosubmitExport;

/// <summary>Everything that exports of kind geosubmit need, for this service and for Standalone.</summary>
public static class GeosubmitExport
{
    /// <summary>Adds the sender to HTTPS partners.</summary>
    public static IHostApplicationBuilder AddGeosubmitExport(this IHostApplicationBuilder builder)
    {
        builder.AddGeosubmitProbe();
        builder.Services.AddSingleton<GeosubmitSender>();
        builder.Services.AddSingleton<IBatchSenderFactory, GeosubmitSenderFactory>();
        return builder;
    }

    /// <summary>Adds what AdminService asks to check such an export; for a process that does not deliver. <see cref="AddGeosubmitExport"/> has it too.</summary>
    public static IHostApplicationBuilder AddGeosubmitProbe(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<GeosubmitExportOptions>().Bind(builder.Configuration.GetSection(GeosubmitExportOptions.Section)).ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<GeosubmitExportOptions>, GeosubmitExportOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new SecretFolder(Options(provider).SecretsFolder));
        services.TryAddSingleton(provider => new GuardedHandlers(new AllowedHosts(Options(provider).AllowedHosts), provider.GetRequiredService<SecretFolder>()));
        services.TryAddSingleton(provider => new PartnerClient(
            provider.GetRequiredService<GuardedHandlers>(), provider.GetRequiredService<SecretFolder>(), Options(provider).RequestTimeout, provider.GetRequiredService<TimeProvider>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDestinationProbe, PartnerProbe>());
        services.TryAddSingleton<IExportProbe, ExportProbes>();
        return builder;
    }

    private static GeosubmitExportOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<GeosubmitExportOptions>>().Value;
}
