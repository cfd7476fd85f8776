using Microsoft.Extensions.Hosting;

namespace Aspire.StackExchange.Redis;

/// <summary>Connects when the host starts, so that no request waits for it.</summary>
internal sealed class RedisActivation(Func<RedisClient> client) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = client();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
