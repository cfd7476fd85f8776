using System.Collections.Concurrent;

namespace Exporter.Storage.Postgres;

/// <summary>
/// Where a queue's scan may begin. A scan from the very first would wade through what others took since the oldest snapshot
/// anywhere in the database began; one from where the last ended does not. What lies below (put back by another process, or
/// committed out of order) is found by a whole scan every half second.
/// </summary>
internal sealed class PostgresHints(TimeProvider clock)
{
    private static readonly TimeSpan WholeScanEvery = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<Guid, QueueHint> claims = new();

    public QueueHint Routing { get; } = new(clock, WholeScanEvery);

    public QueueHint Claims(Guid exportId) => claims.GetOrAdd(exportId, _ => new(clock, WholeScanEvery));
}

/// <summary>The hints of one queue; all numbers.</summary>
internal sealed class QueueHint(TimeProvider clock, TimeSpan wholeScanEvery)
{
    /// <summary>Numbers below, so that what was committed a little out of order is not left to the whole scan.</summary>
    private const long Margin = 256;

    private readonly Lock gate = new();
    private long? scannedAt;
    private long from;
    private long taken;

    /// <summary>Where to begin; zeros when the whole queue is to be looked at, which is then said to be done.</summary>
    public (long From, long Taken, bool IsWhole) Begin()
    {
        lock (gate)
        {
            if (scannedAt is { } last && clock.GetElapsedTime(last) < wholeScanEvery)
                return (from - Margin, taken, false);

            scannedAt = clock.GetTimestamp();
            return (0, 0, true);
        }
    }

    /// <summary>Where the last scan left off.</summary>
    public (long From, long Taken) Peek()
    {
        lock (gate)
            return scannedAt is null ? (0, 0) : (from - Margin, taken);
    }

    /// <summary>Notes what a scan found: the next begins there.</summary>
    /// <param name="next">The first number that may be open.</param>
    /// <param name="firstTaken">The lowest number that is taken, when the scan was whole.</param>
    public void Found(long next, long? firstTaken = null)
    {
        lock (gate)
        {
            from = next;
            taken = firstTaken ?? Math.Min(taken, next);
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
