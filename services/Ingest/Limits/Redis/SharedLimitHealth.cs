using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exporter.Ingest.Limits.Redis;

/// <summary>Degraded without Redis, not unhealthy: requests are served.</summary>
internal sealed class SharedLimitHealth(RedisLink link) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(link.IsUp
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("Redis can't be used: limits are not shared with the other instances. Look whether it runs."));
}
