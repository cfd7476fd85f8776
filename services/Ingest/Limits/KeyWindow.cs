using System.Collections.Concurrent;

namespace Exporter.Ingest.Limits;

/// <summary>One tally for each API key and path used today (UTC). Only known keys are counted and yesterday is forgotten, which bounds it.</summary>
internal sealed class KeyWindow<TTally>(Func<string, string, DateOnly, TTally> make, TimeProvider clock)
    where TTally : class
{
    private Day current = new(default);

    public DateOnly Date => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    public TTally Of(string key, string path)
    {
        var today = Today();
        return today.TallyByUse.GetOrAdd((key, path), static (use, it) => it.make(use.Key, use.Path, it.today.Date), (make, today));
    }

    /// <summary>All of today.</summary>
    public IEnumerable<KeyValuePair<(string Key, string Path), TTally>> Today(out DateOnly date)
    {
        var today = Today();
        date = today.Date;
        return today.TallyByUse;
    }

    private Day Today()
    {
        var seen = Volatile.Read(ref current);
        var date = Date;
        if (seen.Date == date)
            return seen;

        var next = new Day(date);
        var found = Interlocked.CompareExchange(ref current, next, seen);
        return found == seen ? next : found;
    }

    private sealed class Day(DateOnly date)
    {
        public DateOnly Date { get; } = date;

        public ConcurrentDictionary<(string Key, string Path), TTally> TallyByUse { get; } = new();
    }
}
