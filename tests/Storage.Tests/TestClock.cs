namespace Exporter.Storage;

/// <summary>A clock that stands until the test moves it; its wall time may also step alone.</summary>
public sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    private TimeSpan elapsed;
    private TimeSpan step;

    public override DateTimeOffset GetUtcNow() => start + elapsed + step;

    public override long GetTimestamp() => elapsed.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan time) => elapsed += time;

    /// <summary>Sets the machine's clock forward or back, as an administrator or NTP does.</summary>
    public void Step(TimeSpan time) => step += time;
}
