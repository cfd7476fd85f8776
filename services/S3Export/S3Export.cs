using Exporter.Delivery.Addresses;
using Exporter.Delivery.Objects;
using Exporter.Delivery.Secrets;
using Exporter.Delivery.Sending;
using Exporter.S3Export.Buckets;
using Exporter.S3Export.Checks;
using Exporter.S3Export.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Exporter.S3Export;

/// <summary>Everything that exports of kind s3 need, for this service and for Standalone.</summary>
public static class S3Export
{
    /// <summary>Adds the senders to s3:// and file://, and the sweep of stale temporary files.</summary>
    public static IHostApplicationBuilder AddS3Export(this IHostApplicationBuilder builder)
    {
        AddParts(builder);
        builder.Services.AddSingleton<IBatchSenderFactory, S3SenderFactory>();
        builder.Services.AddHostedService<StaleFiles>();
        return builder;
    }

    /// <summary>Adds what AdminService asks to check such an export; for a process that does not deliver. <see cref="AddS3Export"/> has it too.</summary>
    public static IHostApplicationBuilder AddS3Probe(this IHostApplicationBuilder builder)
    {
        AddParts(builder);
        return builder;
    }

    private static void AddParts(IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<S3ExportOptions>().Bind(builder.Configuration.GetSection(S3ExportOptions.Section)).ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<S3ExportOptions>, S3ExportOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new FileRoots(Options(provider).EffectiveFileRoots));
        services.TryAddSingleton(provider => new SecretFolder(Options(provider).SecretsFolder));
        services.TryAddSingleton(provider => new GuardedHandlers(new AllowedHosts(Options(provider).AllowedHosts), provider.GetRequiredService<SecretFolder>()));
        services.TryAddSingleton<S3Client>();
        services.TryAddSingleton(provider => new S3Clients(provider.GetRequiredService<S3Client>().Create));
        services.TryAddSingleton<FileSender>();
        services.TryAddSingleton<S3Sender>();
        services.TryAddSingleton<S3Probe>();
        services.TryAddSingleton<FileProbe>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDestinationProbe, ObjectProbe>());
        services.TryAddSingleton<IExportProbe, ExportProbes>();
    }

    private static S3ExportOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<S3ExportOptions>>().Value;
}
