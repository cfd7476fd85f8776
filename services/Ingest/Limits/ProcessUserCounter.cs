using System.Collections.Concurrent;
using Exporter.Delivery.Keys;

namespace Exporter.Ingest.Limits;

/// <summary>Estimates in this process; only known keys are noted, and at most so many a day, which bounds it.</summary>
internal sealed class ProcessUserCounter(TimeProvider clock) : IUserCounter
{
    public const int MaxKeys = 1000;

    private readonly ConcurrentDictionary<DateOnly, ConcurrentDictionary<string, HyperLogLog>> sketchByKeyByDay = new();

    public void Note(string key, ClientAddress address)
    {
        if (Of(Today(), key) is { } sketch)
            sketch.Add(HyperLogLog.Hash(address.Value));
    }

    /// <summary>Adds what was noted before this process started.</summary>
    public void Add(IEnumerable<UserSketch> sketches)
    {
        foreach (var saved in sketches.Where(saved => saved.Day >= FirstDay))
            Of(sketchByKeyByDay.GetOrAdd(saved.Day, static _ => new()), saved.Key)?.Add(saved.Registers.Span);
    }

    /// <summary>The sketches of all days: those that changed since the last time this was asked, or all.</summary>
    public IReadOnlyList<UserSketch> Take(bool all)
    {
        var changed = new List<UserSketch>();
        foreach (var (day, sketchByKey) in sketchByKeyByDay)
        {
            foreach (var (key, sketch) in sketchByKey)
            {
                if (sketch.Take(all) is { } registers)
                    changed.Add(new(key, day, registers));
            }
        }

        return changed;
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

    /// <summary>The first of the days for which users are known.</summary>
    public DateOnly FirstDay => Date.AddDays(1 - IUserCounter.Days);

    private DateOnly Date => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private ConcurrentDictionary<string, HyperLogLog> Today()
    {
        var date = Date;
        if (sketchByKeyByDay.TryGetValue(date, out var today))
            return today;

        foreach (var old in sketchByKeyByDay.Keys.Where(day => day < FirstDay))
            sketchByKeyByDay.TryRemove(old, out _);
        return sketchByKeyByDay.GetOrAdd(date, static _ => new());
    }

    private static HyperLogLog? Of(ConcurrentDictionary<string, HyperLogLog> sketchByKey, string key) =>
        sketchByKey.TryGetValue(key, out var sketch) ? sketch
        : sketchByKey.Count >= MaxKeys ? null
        : sketchByKey.GetOrAdd(key, static _ => new());
}
