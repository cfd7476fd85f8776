namespace Exporter.Delivery.Keys;

/// <summary>The API keys.</summary>
public interface IApiKeyStore
{
    /// <summary>The key's rules, or null when it is not known.</summary>
    Task<ApiKey?> FindAsync(string key, CancellationToken cancel);

    /// <summary>Keys in alphabetical order, those after <paramref name="after"/>.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(string? after, int limit, CancellationToken cancel);

    /// <summary>Adds a key; false when it exists.</summary>
    Task<bool> CreateAsync(ApiKey key, CancellationToken cancel);

    /// <summary>Changes a key's rules; false when it is not known.</summary>
    Task<bool> UpdateAsync(ApiKey key, CancellationToken cancel);

    /// <summary>Removes a key; false when it is not known.</summary>
    Task<bool> DeleteAsync(string key, CancellationToken cancel);

    /// <summary>Grows with every change of any key, so that caches know when to forget (rule I4).</summary>
    Task<long> ReadRevisionAsync(CancellationToken cancel);
}
