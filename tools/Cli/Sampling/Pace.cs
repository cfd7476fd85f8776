namespace Exporter.Cli.Sampling;

// Holds a sender to a rate, counted from its start; without a rate it never waits.
internal sealed class Pace(double? perSecond, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();

    public TimeSpan Elapsed => clock.GetElapsedTime(_start);

    public async Task WaitAsync(long sent, CancellationToken cancel)
    {
        if (perSecond is not { } rate)
            return;

        var early = TimeSpan.FromSeconds(sent / rate) - Elapsed;
        if (early > TimeSpan.Zero)
            await Task.Delay(early, clock, cancel);
    }
}
