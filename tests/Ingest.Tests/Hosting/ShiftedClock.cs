namespace Exporter.Ingest;

/// <summary>The system's clock, moved by what a test says; its timers run in real time.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long shiftTicks;

    public void Advance(TimeSpan by) => Interlocked.Add(ref shiftTicks, by.Ticks);

    public void MoveTo(DateTimeOffset time) => Advance(time - GetUtcNow());

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref shiftTicks));
}
