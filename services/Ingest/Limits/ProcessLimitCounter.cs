using Exporter.Delivery.Keys;

namespace Exporter.Ingest.Limits;

/// <summary>Counts in this process.</summary>
internal sealed class ProcessLimitCounter : ILimitCounter
{
    private readonly KeyWindow<Tally> keys;
    private readonly AddressWindow<Tally> addresses;
    private readonly int requestsPerMinute;

    public ProcessLimitCounter(IngestOptions options, TimeProvider clock)
    {
        requestsPerMinute = options.Limits.RequestsPerMinutePerAddress;
        keys = new(static (_, _, _) => new(), clock);
        addresses = new(static (_, _) => new(), clock);
    }

    public DateOnly Date => keys.Date;

    public ValueTask<LimitVerdict> CountAsync(ApiKey key, string path)
    {
        var count = Interlocked.Increment(ref keys.Of(key.Key, path).Count);
        return new(key.MaxRequestsPerDay > 0 && count > key.MaxRequestsPerDay ? LimitVerdict.Beyond : LimitVerdict.Within);
    }

    public ValueTask<LimitVerdict> CountAsync(ClientAddress address) =>
        new(addresses.Of(address) is { } tally && Interlocked.Increment(ref tally.Count) > requestsPerMinute
            ? LimitVerdict.Beyond
            : LimitVerdict.Within);

    /// <summary>Adds what was counted before this process started.</summary>
    public void Add(IEnumerable<RequestCount> counts)
    {
        var date = Date;
        foreach (var count in counts.Where(count => count.Day == date))
            Interlocked.Add(ref keys.Of(count.Key, count.Path).Count, count.Count);
    }

    /// <summary>Today's counts: those that grew since the last time this was asked, or all.</summary>
    public IReadOnlyList<RequestCount> Take(bool all)
    {
        var changed = new List<RequestCount>();
        foreach (var ((key, path), tally) in keys.Today(out var date))
        {
            var count = Interlocked.Read(ref tally.Count);
            if (count == tally.Taken && !all)
                continue;
            tally.Taken = count;
            changed.Add(new(key, path, date, count));
        }

        return changed;
    }

    private sealed class Tally
    {
        public long Count;
        public long Taken;
    }
}
