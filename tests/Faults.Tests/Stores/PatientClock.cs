using Exporter.TestKit.Time;

namespace Exporter.Faults.Stores;

/// <summary>The machine's clock, moved ahead by the test; timers of ten seconds and more go off only when the test says so.</summary>
internal sealed class PatientClock : TimeProvider
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);
    private readonly ManualClock manual = new();
    private long aheadTicks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref aheadTicks));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        dueTime >= Long ? manual.CreateTimer(callback, state, dueTime, period) : base.CreateTimer(callback, state, dueTime, period);

    public void Advance(TimeSpan time) => Interlocked.Add(ref aheadTicks, time.Ticks);

    /// <summary>Every long timer goes off.</summary>
    public void Ring() => manual.Ring();
}
