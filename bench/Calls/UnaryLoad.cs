using System.Diagnostics;

namespace Exporter.Bench.Calls;

/// <summary>So many calls at a time, spread over so many callers; every answer is checked.</summary>
internal sealed class UnaryLoad(IReadOnlyList<IUnaryCaller> callers, int atATime)
{
    private long next;

    public async Task<(long Calls, TimeSpan Time)> RunAsync(TimeSpan duration)
    {
        var begun = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, atATime).Select(i => Task.Run(() => CallAsync(callers[i % callers.Count], begun, duration))));
        return (counts.Sum(), Stopwatch.GetElapsedTime(begun));
    }

    private async Task<long> CallAsync(IUnaryCaller caller, long begun, TimeSpan duration)
    {
        long calls = 0;
        for (; Stopwatch.GetElapsedTime(begun) < duration; calls++)
        {
            var reading = Readings.Pool[(int)(Interlocked.Increment(ref next) % Readings.Pool.Count)];
            Readings.Verify(reading, await caller.CheckAsync(reading));
        }

        return calls;
    }
}
