using Exporter.Bench.Figures;
using Exporter.Bench.Load;

namespace Exporter.Bench.Services;

/// <summary>The store of objects answers 503 for a while: what Ingest goes on taking in, and what a report takes that waits.</summary>
internal static class Outage
{
    private const long Unbounded = long.MaxValue / 4;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    /// <returns>Bytes of the database for a report that waits.</returns>
    public static async Task<double> RunAsync(ServiceBench bench, ServiceLoad load, Page page)
    {
        await bench.Sink.SetAwayAsync(true);
        load.Widen(Unbounded);
        await load.ForAsync(Settle);
        var (before, bytesBefore) = ((await load.ForAsync(TimeSpan.Zero))[0], (await DatabaseLook.TakeAsync(bench.Source)).Bytes);
        await load.ForAsync(Duration);
        var (after, bytesAfter) = ((await load.ForAsync(TimeSpan.Zero))[0], (await DatabaseLook.TakeAsync(bench.Source)).Bytes);
        await bench.Sink.SetAwayAsync(false);

        var each = (bytesAfter - bytesBefore) / (double)(after.Backlog - before.Backlog);
        page.Figure("taken in while the double answers 503", Words.PerSecond(after.Answered - before.Answered, after.At - before.At, "reports"));
        page.Figure("database, for a report that waits", $"{each:N0} bytes", $"{Words.Megabytes(bytesAfter)} with {Words.Count(after.Backlog / 1000.0)} thousand waiting");
        return each;
    }

    /// <summary>Ends the load; everything that was answered arrives.</summary>
    public static async Task DrainAsync(ServiceLoad load, Page page)
    {
        var samples = await load.DrainAsync();
        var moving = samples.SkipWhile(sample => sample.Delivered == samples[0].Delivered).ToList();
        page.Figure(
            "delivered once the double is back", Words.PerSecond(moving[^1].Delivered - moving[0].Delivered, Span(moving), "reports"),
            $"after a pause of {(moving[0].At - samples[0].At).TotalSeconds:N0} s; all {Words.Count(load.Answered)} answered reports arrived");
    }

    private static TimeSpan Span(List<BacklogSample> samples) => samples.Count > 1 ? samples[^1].At - samples[0].At : TimeSpan.FromSeconds(1);
}
