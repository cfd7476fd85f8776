using Exporter.Delivery.Telemetry;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exporter.ServiceDefaults;

/// <summary>What every service has: health, telemetry, quiet logs, a clock and chance.</summary>
public static class ServiceDefaults
{
    private const string Live = "live";

    /// <summary>Adds the defaults.</summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.Configuration.AddSettingsFolder(builder.Configuration);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
#pragma warning disable RS0030 // The one place at which chance is bound: everything else takes Func<double>.
        services.TryAddSingleton<Func<double>>(() => Random.Shared.NextDouble());
#pragma warning restore RS0030
        services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);
        services.Configure<HealthCheckPublisherOptions>(publishing => publishing.Period = TimeSpan.FromSeconds(5));
        services.AddSingleton<IHealthCheckPublisher, HealthChanges>();
        services.AddGrpcDefaults();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        Telemetry.Add(builder);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", LogLevel.None);
        builder.Logging.AddFilter("Grpc", LogLevel.Warning);
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning);
        return builder;
    }

    /// <summary>Maps <c>/health</c> (all is well), <c>/ready</c> (fit for work, if by a detour) and <c>/alive</c> (worth keeping).</summary>
    public static IEnumerable<IEndpointConventionBuilder> MapDefaultEndpoints(this WebApplication app) =>
    [
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = HealthReportWriter.WriteAsync }),
        app.MapHealthChecks("/ready", new HealthCheckOptions { Predicate = check => !check.Tags.Contains(HealthTag.Advisory) }),
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) }),
    ];
}
