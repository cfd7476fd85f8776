using System.Collections.Concurrent;

namespace Exporter.Storage.Postgres;

/// <summary>
/// Where a queue's scan may begin. A scan from the very first would wade through what was taken since the oldest snapshot
/// anywhere in the database began; one from where the last ended does not. What lies below (put back by another process, or
/// committed out of order) is found by a whole scan, so often that these are a hundredth of the time, but twice a minute at least.
/// </summary>
internal sealed class PostgresHints(TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, QueueHint> claims = new();

    public QueueHint Routing { get; } = new(clock);

    public QueueHint Claims(Guid exportId) => claims.GetOrAdd(exportId, _ => new(clock));
}

/// <summary>The hints of one queue: a number, and where there are leases the first of them.</summary>
internal sealed class QueueHint(TimeProvider clock)
{
    private const int Rarity = 100;

    /// <summary>Numbers below, so that what was committed a little out of order is not left to the whole scan.</summary>
    private const long Margin = 256;

    private static readonly TimeSpan WholeScanEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>What took long may have waited for a server that came back: that must not put off what a dead worker held.</summary>
    private static readonly TimeSpan WholeScanAtLeastEvery = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private TimeSpan every = WholeScanEvery;
    private long? scannedAt;
    private long from;
    private DateTimeOffset leases = DateTimeOffset.UnixEpoch;

    /// <summary>Where to begin; at the very first when the whole queue is to be looked at, which is then said to be done.</summary>
    public (long From, DateTimeOffset Leases, bool IsWhole) Begin()
    {
        lock (gate)
        {
            if (scannedAt is { } last && clock.GetElapsedTime(last) < every)
                return (from - Margin, leases, false);

            scannedAt = clock.GetTimestamp();
            return (0, DateTimeOffset.UnixEpoch, true);
        }
    }

    /// <summary>Where the last scan left off.</summary>
    public (long From, DateTimeOffset Leases) Peek()
    {
        lock (gate)
            return scannedAt is null ? (0, DateTimeOffset.UnixEpoch) : (from - Margin, leases);
    }

    /// <summary>Notes how long a whole scan took: the longer, the rarer.</summary>
    public void Took(TimeSpan time)
    {
        lock (gate)
            every = TimeSpan.FromTicks(Math.Clamp(time.Ticks * Rarity, WholeScanEvery.Ticks, WholeScanAtLeastEvery.Ticks));
    }

    /// <summary>Notes what a scan found: the next begins there.</summary>
    /// <param name="next">The first number that may be open.</param>
    /// <param name="firstLease">The lease that ends first, or null when there is none.</param>
    public void Found(long next, DateTimeOffset? firstLease = null)
    {
        lock (gate)
        {
            from = next;
            leases = firstLease ?? leases;
        }
    }

    /// <summary>Notes that a number is open again.</summary>
    public void Reopened(long number)
    {
        lock (gate)
            from = Math.Min(from, number);
    }

    /// <summary>Makes the next scan a whole one.</summary>
    public void Forget()
    {
        lock (gate)
            scannedAt = null;
    }
}
