using Exporter.Ingest.V1;
using Exporter.Reports.V1;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Ingest.Policy;

/// <summary>A report that says no sensible time was observed now; one from too long ago or from the future is not kept.</summary>
internal sealed class TimeRule(TimeSpan maxAge)
{
    public static readonly TimeSpan MaxLead = TimeSpan.FromDays(1);

    // Times outside are clocks that were never set, or other units; the reference system draws the same line.
    private const long EarliestMilliseconds = 1_000_000_000_000;
    private const long LatestMilliseconds = 10_000_000_000_000;
    private const int NanosecondsOfMillisecond = 1_000_000;

    private readonly long maxAgeMilliseconds = (long)maxAge.TotalMilliseconds;
    private readonly long maxLeadMilliseconds = (long)MaxLead.TotalMilliseconds;

    public static long ReadOrSet(Report report, long nowMilliseconds)
    {
        if (report.ObservedAt is { } given && Milliseconds(given.Seconds, given.Nanos) is { } milliseconds)
            return milliseconds;

        report.ObservedAt = new Timestamp
        {
            Seconds = nowMilliseconds / 1000,
            Nanos = (int)(nowMilliseconds % 1000) * NanosecondsOfMillisecond,
        };
        return nowMilliseconds;
    }

    public DropReason Drop(long observedAtMilliseconds, long nowMilliseconds)
    {
        if (observedAtMilliseconds < nowMilliseconds - maxAgeMilliseconds)
            return DropReason.TooOld;
        return observedAtMilliseconds > nowMilliseconds + maxLeadMilliseconds ? DropReason.InFuture : DropReason.Unspecified;
    }

    public static long? Milliseconds(long seconds, int nanoseconds)
    {
        if (seconds is < EarliestMilliseconds / 1000 or >= LatestMilliseconds / 1000 || nanoseconds is < 0 or >= 1_000_000_000)
            return null;

        var milliseconds = seconds * 1000 + nanoseconds / NanosecondsOfMillisecond;
        return milliseconds > EarliestMilliseconds ? milliseconds : null;
    }
}
