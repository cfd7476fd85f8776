using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>A client and what traces it, so that both end together.</summary>
internal sealed class RedisClient(IConnectionMultiplexer multiplexer, RedisTracing? tracing) : IDisposable
{
    public IConnectionMultiplexer Multiplexer => multiplexer;

    public void Dispose()
    {
        tracing?.Dispose();
        multiplexer.Dispose();
    }
}
