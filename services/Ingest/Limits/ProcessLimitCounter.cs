using System.Collections.Concurrent;
using Exporter.Delivery.Keys;

namespace Exporter.Ingest.Limits;

/// <summary>Counts in this process. Only known keys are counted and yesterday is forgotten, which bounds it.</summary>
internal sealed class ProcessLimitCounter(TimeProvider clock) : ILimitCounter
{
    private Day today = new(default);

    public ValueTask<long> CountAsync(string key, string path, CancellationToken cancel) =>
        new(Interlocked.Increment(ref Today().Of(key, path).Count));

    /// <summary>Adds what was counted before this process started.</summary>
    public void Add(IEnumerable<RequestCount> counts)
    {
        var day = Today();
        foreach (var count in counts.Where(count => count.Day == day.Date))
            Interlocked.Add(ref day.Of(count.Key, count.Path).Count, count.Count);
    }

    /// <summary>Today's counts: those that grew since the last time this was asked, or all.</summary>
    public IReadOnlyList<RequestCount> Take(bool all)
    {
        var day = Today();
        var changed = new List<RequestCount>();
        foreach (var ((key, path), tally) in day.TallyByUse)
        {
            var count = Interlocked.Read(ref tally.Count);
            if (count == tally.Taken && !all)
                continue;
            tally.Taken = count;
            changed.Add(new(key, path, day.Date, count));
        }

        return changed;
    }

    public DateOnly Date => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private Day Today()
    {
        var seen = Volatile.Read(ref today);
        var date = Date;
        if (seen.Date == date)
            return seen;

        var next = new Day(date);
        var found = Interlocked.CompareExchange(ref today, next, seen);
        return found == seen ? next : found;
    }

    private sealed class Day(DateOnly date)
    {
        public DateOnly Date { get; } = date;

        public ConcurrentDictionary<(string Key, string Path), Tally> TallyByUse { get; } = new();

        public Tally Of(string key, string path) => TallyByUse.GetOrAdd((key, path), static _ => new());
    }

    private sealed class Tally
    {
        public long Count;
        public long Taken;
    }
}
