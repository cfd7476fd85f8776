using System.Collections.Concurrent;

namespace Exporter.Ingest.Limits;

/// <summary>Estimates in this process; only known keys are noted, and at most so many a day, which bounds it.</summary>
internal sealed class ProcessUserCounter(TimeProvider clock) : IUserCounter
{
    public const int MaxKeys = 1000;

    private readonly ConcurrentDictionary<DateOnly, ConcurrentDictionary<string, HyperLogLog>> sketchByKeyByDay = new();

    public void Note(string key, ClientAddress address)
    {
        var sketchByKey = Today();
        if (!sketchByKey.TryGetValue(key, out var sketch))
        {
            if (sketchByKey.Count >= MaxKeys)
                return;
            sketch = sketchByKey.GetOrAdd(key, static _ => new());
        }

        sketch.Add(HyperLogLog.Hash(address.Value));
    }

    public IReadOnlyList<string> KeysOfToday(int most) => [.. Today().Keys.Take(most)];

    public Task<long?> CountAsync(string key, int days, CancellationToken cancel)
    {
        var first = Date.AddDays(1 - days);
        var all = new HyperLogLog();
        foreach (var (day, sketchByKey) in sketchByKeyByDay)
        {
            if (day >= first && sketchByKey.TryGetValue(key, out var sketch))
                all.Add(sketch);
        }

        return Task.FromResult<long?>(all.Estimate());
    }

    private DateOnly Date => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private ConcurrentDictionary<string, HyperLogLog> Today()
    {
        var date = Date;
        if (sketchByKeyByDay.TryGetValue(date, out var today))
            return today;

        foreach (var old in sketchByKeyByDay.Keys.Where(day => day <= date.AddDays(-IUserCounter.Days)))
            sketchByKeyByDay.TryRemove(old, out _);
        return sketchByKeyByDay.GetOrAdd(date, static _ => new());
    }
}
