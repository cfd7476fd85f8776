using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exporter.Ingest.Limits.Redis;

/// <summary>Says what is missing without Redis, but stays healthy: requests are served, and RedisLink has warned already.</summary>
internal sealed class SharedLimitHealth(RedisLink link) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(link.IsUp
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Healthy("Redis can't be used: limits are not shared with the other instances. Look whether it runs."));
}
