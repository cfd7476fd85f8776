using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>Healthy when Redis answers PING within the client's timeout.</summary>
internal sealed class RedisHealthCheck(Func<IConnectionMultiplexer> client) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var multiplexer = client();
            await multiplexer.GetDatabase().PingAsync().WaitAsync(TimeSpan.FromMilliseconds(multiplexer.TimeoutMilliseconds), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new(context.Registration.FailureStatus, exception: e);
        }
    }
}
