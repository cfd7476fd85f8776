using Exporter.Delivery.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Exporter.ServiceDefaults;

/// <summary>Sends metrics and traces by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; does nothing otherwise.</summary>
internal sealed class Telemetry(IConfiguration configuration, IHostEnvironment environment) : IHostedService, IDisposable
{
    private static readonly string[] Meters =
    [
        ExporterMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Grpc.AspNetCore.Server",
        "Grpc.Net.Client", "System.Net.Http", "System.Runtime", "MassTransit",
    ];
    private static readonly string[] Sources = [ExporterMeter.Name, "Microsoft.AspNetCore", "Grpc.Net.Client", "System.Net.Http", "MassTransit"];
    private MeterProvider? meters;
    private TracerProvider? tracers;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return Task.CompletedTask;

        var resource = ResourceBuilder.CreateDefault()
            .AddService(configuration["OTEL_SERVICE_NAME"] ?? environment.ApplicationName)
            .AddEnvironmentVariableDetector();
        meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter().Build();
        tracers = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        meters?.Dispose();
        tracers?.Dispose();
        (meters, tracers) = (null, null);
    }
}
