using System.Collections.Concurrent;
using Exporter.Delivery.Keys;

namespace Exporter.Ingest;

internal sealed class MemoryKeyStore : IApiKeyStore
{
    private readonly ConcurrentDictionary<string, ApiKey> keys = new();
    private long revision;

    public int LookUps;

    public Exception? Failure { get; set; }

    public void Put(string key, int maxRequestsPerDay = 0, int samplePercent = 100)
    {
        keys[key] = new(key, maxRequestsPerDay, samplePercent, DateTimeOffset.UnixEpoch);
        Interlocked.Increment(ref revision);
    }

    public Task<ApiKey?> FindAsync(string key, CancellationToken cancel)
    {
        Interlocked.Increment(ref LookUps);
        return Failure is { } failure ? Task.FromException<ApiKey?>(failure) : Task.FromResult(keys.GetValueOrDefault(key));
    }

    public Task<IReadOnlyList<ApiKey>> ListAsync(string? after, int limit, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ApiKey>>([.. keys.Values.OrderBy(key => key.Key, StringComparer.Ordinal)]);

    public Task<bool> CreateAsync(ApiKey key, CancellationToken cancel)
    {
        Interlocked.Increment(ref revision);
        return Task.FromResult(keys.TryAdd(key.Key, key));
    }

    public Task<bool> UpdateAsync(ApiKey key, CancellationToken cancel)
    {
        keys[key.Key] = key;
        Interlocked.Increment(ref revision);
        return Task.FromResult(true);
    }

    public Task<bool> DeleteAsync(string key, CancellationToken cancel)
    {
        Interlocked.Increment(ref revision);
        return Task.FromResult(keys.TryRemove(key, out _));
    }

    public Task<long> ReadRevisionAsync(CancellationToken cancel) => Failure is { } failure
        ? Task.FromException<long>(failure)
        : Task.FromResult(Interlocked.Read(ref revision));
}
