namespace Exporter.TestKit.Time;

/// <summary>A clock whose timers go off sooner, for waits that a test has to sit out.</summary>
/// <param name="factor">How many times sooner.</param>
public sealed class FastClock(double factor) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Sooner(dueTime), Sooner(period));

    private TimeSpan Sooner(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / factor;
}
