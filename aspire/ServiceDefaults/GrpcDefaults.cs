using Exporter.Delivery.Telemetry;
using Grpc.AspNetCore.HealthChecks;
using Grpc.AspNetCore.Server;
using Grpc.Reflection;
using Microsoft.Extensions.Options;

namespace Exporter.ServiceDefaults;

/// <summary>What every gRPC listener answers beside its services, without a token: grpc.health.v1, and reflection of what it serves.</summary>
public static class GrpcDefaults
{
    /// <summary>
    /// Maps both. To be called after the services are mapped, since each of them is ready or not under its own name too.
    /// </summary>
    public static IEnumerable<IEndpointConventionBuilder> MapGrpcDefaults(this WebApplication app)
    {
        var health = app.Services.GetRequiredService<IOptions<GrpcHealthChecksOptions>>().Value;
        health.Services.Map("", IsNeeded);
        foreach (var service in NamesOf((IEndpointRouteBuilder)app))
            health.Services.Map(service, IsNeeded);
        return [app.MapGrpcHealthChecksService(), app.MapGrpcReflectionService()];
    }

    internal static void AddGrpcDefaults(this IServiceCollection services)
    {
        services.AddGrpc();
        services.AddGrpcHealthChecks();
        services.AddSingleton<DoorServices>();
        services.AddSingleton<ReflectionServiceImpl, DoorReflectionAlpha>();
        services.AddSingleton<ReflectionV1ServiceImpl, DoorReflection>();
        services.AddGrpcReflection();
    }

    private static bool IsNeeded(HealthCheckMapContext check) => !check.Tags.Contains(HealthTag.Advisory);

    private static List<string> NamesOf(IEndpointRouteBuilder routes) =>
    [
        .. routes.DataSources
            .SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName)
            .OfType<string>()
            .Distinct(),
    ];
}
