using System.Collections.Concurrent;
using Exporter.Delivery.Keys;

namespace Exporter.Ingest.Keys;

/// <summary>
/// Remembers API keys, unknown ones too, for five minutes or until any key changes; longer while the store can't be asked.
/// Bounded; when it is full what has expired goes first, then unknown keys, then the oldest.
/// </summary>
internal sealed class KeyCache(IApiKeyStore store, TimeProvider clock, Func<double> chance, ILogger<KeyCache> logger)
{
    public const int MaxEntries = 500;

    // Spread, so that several processes do not ask at the same time.
    private readonly TimeSpan rememberedFor = TimeSpan.FromSeconds(270 + 60 * chance());
    private readonly ConcurrentDictionary<string, Entry> entryByKey = new(StringComparer.Ordinal);
    private readonly Lock changing = new();
    private int generation;
    private int lookupsFail;

    public int Count => entryByKey.Count;

    /// <summary>Whose request it is; anonymous without a key, with none that is well-formed, and with an unknown one.</summary>
    public ValueTask<KeyAnswer> FindAsync(string? text, CancellationToken cancel)
    {
        if (!ApiKey.IsWellFormed(text))
            return new(KeyAnswer.Anonymous);
        var entry = entryByKey.GetValueOrDefault(text!);
        return entry?.ExpiresAt > clock.GetUtcNow() ? new(new KeyAnswer(entry.Key)) : LookUpAsync(text!, entry, cancel);
    }

    public void Clear()
    {
        lock (changing)
        {
            generation++;
            entryByKey.Clear();
        }
    }

    private async ValueTask<KeyAnswer> LookUpAsync(string text, Entry? expired, CancellationToken cancel)
    {
        var began = Volatile.Read(ref generation);
        try
        {
            var key = await store.FindAsync(text, cancel);
            Remember(text, key, began);
            Interlocked.Exchange(ref lookupsFail, 0);
            return new(key);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            if (Interlocked.Exchange(ref lookupsFail, 1) == 0)
                Log.LookUpFailed(logger, e);
            return expired is null ? KeyAnswer.None : new(expired.Key);
        }
    }

    private void Remember(string text, ApiKey? key, int began)
    {
        var now = clock.GetUtcNow();
        lock (changing)
        {
            // What was read before the last change may be out of date.
            if (began != generation)
                return;
            if (entryByKey.Count >= MaxEntries)
                MakeRoom(now);
            entryByKey[text] = new(key, now + rememberedFor);
        }
    }

    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (text, entry) in entryByKey)
        {
            if (entry.ExpiresAt <= now)
                entryByKey.TryRemove(text, out _);
        }

        if (entryByKey.Count >= MaxEntries)
            entryByKey.TryRemove(entryByKey.MinBy(pair => (pair.Value.Key is not null, pair.Value.ExpiresAt)).Key, out _);
    }

    private sealed record Entry(ApiKey? Key, DateTimeOffset ExpiresAt);
}
