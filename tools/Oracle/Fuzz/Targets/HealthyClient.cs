namespace Exporter.Oracle.Fuzz.Targets;

/// <summary>Calls without a pause, on a connection of its own; every answer must come and be the right one.</summary>
/// <param name="callAsync">Makes one call, and throws when its answer is not right.</param>
/// <param name="clock">Measures.</param>
internal sealed class HealthyClient(Func<CancellationToken, Task> callAsync, TimeProvider clock)
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(20);

    public long Calls { get; private set; }

    /// <summary>The longest that a call took.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>Runs until told to stop.</summary>
    /// <returns>What went wrong, or null.</returns>
    public async Task<string?> RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var time = new CancellationTokenSource(LongestAnswer, clock);
            var began = clock.GetTimestamp();
            try
            {
                await callAsync(time.Token);
            }
            catch (Exception e)
            {
                return $"A healthy call failed after {Calls} that did not: {e.GetType().Name}: {e.Message}";
            }

            Calls++;
            Slowest = TimeSpan.FromTicks(Math.Max(Slowest.Ticks, clock.GetElapsedTime(began).Ticks));
        }

        return null;
    }
}
