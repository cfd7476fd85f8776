using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace DotNet.Testcontainers.Waiting;

internal sealed class UntilHealthy(long failingStreak) : IWaitUntil
{
    public async Task<bool> UntilAsync(IContainer container)
    {
        await ((DockerContainer)container).RefreshAsync(CancellationToken.None).ConfigureAwait(false);
        if (container.Health == TestcontainersHealthStatus.None)
            throw new InvalidOperationException($"Container '{container.Name}' has no health check. Wait for something else.");
        if (container.HealthCheckFailingStreak >= failingStreak)
            throw new TimeoutException($"The health check of container '{container.Name}' failed {failingStreak} times in a row.");
        return container.Health == TestcontainersHealthStatus.Healthy;
    }
}
