using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Data;
using Aspire.Hosting.Engine.Health;
using Aspire.Hosting.Engine.Logs;
using Aspire.Hosting.StatusPage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Engine;

/// <summary>What runs the application.</summary>
internal static class EngineServices
{
    public static void AddEngine(this HostApplicationBuilder host, IDistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        host.Logging.AddFilter("Microsoft", LogLevel.Warning);
        host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        var services = host.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddHealthChecks();
        services.AddSingleton(_ => new DistributedApplicationModel(builder.Resources));
        services.AddSingleton(builder.ExecutionContext);
        services.AddSingleton(options);
        services.AddSingleton(_ => EngineOptions.Read(builder));
        services.AddSingleton<DataFolder>();
        services.AddSingleton<HealthReader>();
        services.AddSingleton<Secrets>();
        services.AddSingleton<ResourceNotificationService>();
        services.AddSingleton(provider => new ResourceLoggerService(provider.GetRequiredService<Secrets>()));
        if (!options.DisableDashboard)
            services.AddHostedService<StatusPageServer>();
        services.AddHostedService<Orchestrator>();

        // The orchestrator keeps its own bound, which is shorter than this one.
        services.Configure<HostOptions>(settings => settings.ShutdownTimeout = TimeSpan.FromMinutes(5));
    }
}
