using System.Diagnostics;

namespace Exporter.Faults.Stores;

/// <summary>A clock that flows at another pace than the machine's, and whose timers go off by it.</summary>
/// <param name="pace">Seconds of this clock in a second of the machine's.</param>
internal sealed class FlowingClock(double pace) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly DateTimeOffset start = System.GetUtcNow();
    private long anchor = Stopwatch.GetTimestamp();
    private TimeSpan before;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Since the clock was made.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (gate)
                return before + Stopwatch.GetElapsedTime(anchor) * pace;
        }
    }

    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    /// <summary>Flows at another pace from now on; timers that run keep theirs.</summary>
    public void FlowAt(double other)
    {
        lock (gate)
        {
            before = Elapsed;
            anchor = Stopwatch.GetTimestamp();
            pace = other;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Sooner(dueTime), Sooner(period));

    private TimeSpan Sooner(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / pace;
}
