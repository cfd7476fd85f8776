using Exporter.Delivery.Keys;

namespace Exporter.Admin.Tests.Stand;

internal sealed class MemoryKeys : IApiKeyStore
{
    private readonly SortedDictionary<string, ApiKey> _keys = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private long _revision;

    public Task<ApiKey?> FindAsync(string key, CancellationToken cancel)
    {
        lock (_lock)
            return Task.FromResult(_keys.GetValueOrDefault(key));
    }

    public Task<IReadOnlyList<ApiKey>> ListAsync(string? after, int limit, CancellationToken cancel)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<ApiKey>>(
                [.. _keys.Values.Where(key => after is null || string.CompareOrdinal(key.Key, after) > 0).Take(limit)]);
        }
    }

    public Task<bool> CreateAsync(ApiKey key, CancellationToken cancel) => Change(() => _keys.TryAdd(key.Key, key));

    public Task<bool> UpdateAsync(ApiKey key, CancellationToken cancel) =>
        Change(() => _keys.ContainsKey(key.Key) && (_keys[key.Key] = key) == key);

    public Task<bool> DeleteAsync(string key, CancellationToken cancel) => Change(() => _keys.Remove(key));

    public Task<long> ReadRevisionAsync(CancellationToken cancel)
    {
        lock (_lock)
            return Task.FromResult(_revision);
    }

    private Task<bool> Change(Func<bool> change)
    {
        lock (_lock)
        {
            var changed = change();
            _revision += changed ? 1 : 0;
            return Task.FromResult(changed);
        }
    }
}
