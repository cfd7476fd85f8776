namespace Exporter.Bench.Load;

/// <summary>Answer times, for percentiles.</summary>
internal sealed class Latencies
{
    private readonly List<TimeSpan> times = [];

    public int Count => times.Count;

    public void Add(TimeSpan time)
    {
        lock (times)
            times.Add(time);
    }

    public TimeSpan Percentile(double percent)
    {
        lock (times)
        {
            times.Sort();
            return times.Count == 0 ? TimeSpan.Zero : times[(int)Math.Min(times.Count - 1, percent / 100 * times.Count)];
        }
    }
}
