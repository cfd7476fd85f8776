using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Exporter.Ingest.Limits.Redis;

/// <summary>Puts the limits of all instances of Ingest into one Redis.</summary>
public static class SharedLimits
{
    /// <summary>Replaces the counts of this process; call after AddIngest. ILimitStore and IUserStore are not used then.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="connectionName">The name in the section <c>ConnectionStrings</c>.</param>
    public static WebApplicationBuilder AddSharedLimits(this WebApplicationBuilder builder, string connectionName)
    {
        // Its own check would make Ingest unhealthy without Redis. A count belongs to many requests, so to no one's trace.
        builder.AddRedisClient(
            connectionName, settings => (settings.DisableHealthChecks, settings.DisableTracing, settings.DisableAutoActivation) = (true, true, true));
        var services = builder.Services;
        services.AddHealthChecks().AddCheck<SharedLimitHealth>("limits");
        services.AddSingleton<RedisLink>();
        services.AddHostedService(provider => provider.GetRequiredService<RedisLink>());
        services.AddSingleton<SharedCountMetrics>();
        services.AddSingleton<SharedCounts>();
        services.AddHostedService(provider => provider.GetRequiredService<SharedCounts>());
        services.AddSingleton<SharedUserCounter>();
        services.AddHostedService(provider => provider.GetRequiredService<SharedUserCounter>());
        services.Replace(ServiceDescriptor.Singleton<ILimitCounter, SharedLimitCounter>());
        services.Replace(ServiceDescriptor.Singleton<IUserCounter>(provider => provider.GetRequiredService<SharedUserCounter>()));
        return builder;
    }
}
