using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;

namespace Aspire.Hosting;

/// <summary>Telemetry.</summary>
public static class OtlpConfigurationExtensions
{
    private static readonly string[] EndpointKeys = ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "DOTNET_DASHBOARD_OTLP_ENDPOINT_URL", "OTEL_EXPORTER_OTLP_ENDPOINT"];

    /// <summary>Tells a resource what it is called in telemetry, and, if a collector is configured, where that is.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment
    {
        var configuration = builder.ApplicationBuilder.Configuration;
        return builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables["OTEL_SERVICE_NAME"] = context.Resource.Name;
            context.EnvironmentVariables["OTEL_RESOURCE_ATTRIBUTES"] = new InstanceText(static instance => $"service.instance.id={instance}");
            if (EndpointKeys.Select(key => configuration[key]).FirstOrDefault(url => !string.IsNullOrEmpty(url)) is { } endpoint)
                context.EnvironmentVariables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
        });
    }
}
