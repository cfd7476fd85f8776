using Exporter.Delivery.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Exporter.ServiceDefaults;

/// <summary>
/// Sends metrics and traces by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; does nothing otherwise. Clients that
/// register their own sources and meters with the services (databases, caches) are among them.
/// </summary>
internal sealed class Telemetry(IServiceProvider services, IConfiguration configuration) : IHostedService
{
    private static readonly string[] Meters =
    [
        ExporterMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Grpc.AspNetCore.Server",
        "Grpc.Net.Client", "System.Net.Http", "System.Runtime", "MassTransit",
    ];
    private static readonly string[] Sources = [ExporterMeter.Name, "Microsoft.AspNetCore", "Grpc.Net.Client", "System.Net.Http", "MassTransit"];

    public static void Add(WebApplicationBuilder host)
    {
        var name = host.Configuration["OTEL_SERVICE_NAME"] ?? host.Environment.ApplicationName;
        new Builder(host.Services)
            .ConfigureResource(resource => resource.AddService(name).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter())
            .WithTracing(tracing => tracing.AddSource(Sources).AddOtlpExporter());
        host.Services.AddHostedService<Telemetry>();
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return Task.CompletedTask;

        // Made here, so that they listen; the container ends them.
        services.GetRequiredService<MeterProvider>();
        services.GetRequiredService<TracerProvider>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private sealed record Builder(IServiceCollection Services) : IOpenTelemetryBuilder;
}
