using System.Diagnostics;

namespace Exporter.Bench.Load;

/// <summary>What happened between the end of the warm-up and the end of a load.</summary>
internal sealed record Measured(long Reports, TimeSpan Time, TimeSpan Processor);

/// <summary>Cuts the warm-up off a load.</summary>
internal sealed class LoadClock(StreamLoad load, TimeSpan warmUp, TimeSpan duration)
{
    private readonly long begun = Stopwatch.GetTimestamp();

    public bool IsOver => Stopwatch.GetElapsedTime(begun) > warmUp + duration;

    public async Task<Measured> RunAsync(Func<TimeSpan> processor)
    {
        await Task.Delay(warmUp, TimeProvider.System, CancellationToken.None);
        var (from, reports, used) = (Stopwatch.GetTimestamp(), load.Answered, processor());
        await Task.Delay(duration, TimeProvider.System, CancellationToken.None);
        return new(load.Answered - reports, Stopwatch.GetElapsedTime(from), processor() - used);
    }
}
