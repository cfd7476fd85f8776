using Exporter.Bench.Figures;
using Exporter.Bench.Load;

namespace Exporter.Bench.Services;

/// <summary>The store of objects answers 503 for a while: what Ingest goes on taking in, and what a report takes that waits.</summary>
internal static class Outage
{
    private const long Unbounded = long.MaxValue / 4;
    private const int Windows = 3;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    /// <returns>Bytes of the database for a report that waits: the median of some windows, since the store may move a shelf's rest in one.</returns>
    public static async Task<double> RunAsync(ServiceBench bench, ServiceLoad load, Page page)
    {
        await bench.Sink.SetAwayAsync(true);
        load.Widen(Unbounded);
        await load.ForAsync(Settle);
        var looks = new List<(BacklogSample Sample, long Bytes)>();
        for (var i = 0; i <= Windows; i++)
        {
            var samples = await load.ForAsync(i == 0 ? TimeSpan.Zero : Window);
            looks.Add((samples[^1], (await DatabaseLook.TakeAsync(bench.Source)).Bytes));
        }

        await bench.Sink.SetAwayAsync(false);
        var each = looks.Zip(looks.Skip(1), (a, b) => (b.Bytes - a.Bytes) / (double)(b.Sample.Backlog - a.Sample.Backlog)).Order().ElementAt(Windows / 2);
        var (first, last) = (looks[0].Sample, looks[^1].Sample);
        page.Figure("taken in while the double answers 503", Words.PerSecond(last.Answered - first.Answered, last.At - first.At, "reports"));
        page.Figure("database, for a report that waits", $"{each:N0} bytes", $"{Words.Megabytes(looks[^1].Bytes)} with {Words.Count(last.Backlog / 1000.0)} thousand waiting");
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
