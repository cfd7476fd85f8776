using Exporter.Bench.Ceilings;
using Exporter.Bench.Figures;
using Exporter.Bench.Load;
using Exporter.Bench.Server;

namespace Exporter.Bench.Runs;

/// <summary>Phones: one report a request, each answered when it is on disk.</summary>
internal static class HttpSingle
{
    private const int Connections = 64;
    private const int Distinct = 40_000;

    public static async Task RunAsync(RunOptions options, Page page)
    {
        var posts = ReportPool.Make(Distinct).Select(report => new HttpPost(report)).ToList();
        var duration = TimeSpan.FromSeconds(options.Seconds ?? 15);
        await using (var server = await StandaloneServer.StartAsync(options))
        {
            await server.Admin.SetBatchAsync(options.Batch, TimeSpan.FromSeconds(5), options.Level);
            await MeasureAsync("durable answers", new(server.Http, posts, Connections), options.WarmUp, duration, () => server.ProcessorTime, "at least 10,000, reach for 25,000", page);
        }

        foreach (var parses in new[] { true, false })
        {
            await using var handler = await KestrelHandler.StartAsync(parses);
            await MeasureAsync(
                parses ? "bare Kestrel that parses the same" : "bare Kestrel that only reads the body",
                new(handler.Http, posts, Connections), options.WarmUp / 2, duration / 2, () => handler.ProcessorTime, "ceiling", page);
        }
    }

    public static async Task MeasureAsync(string what, HttpLoad load, TimeSpan warmUp, TimeSpan duration, Func<TimeSpan> processor, string beside, Page page)
    {
        await load.RunAsync(warmUp);
        var latencies = new Latencies();
        var (answered, used) = (load.Answered, processor());
        var time = await load.RunAsync(duration, latencies);
        var (count, spent) = (load.Answered - answered, processor() - used);
        page.Figure(
            what, Words.PerSecond(count, time, "requests"),
            $"{beside}; {spent.TotalMicroseconds / count:N1} µs of its processor each; p50 {Words.Milliseconds(latencies.Percentile(50))}, p99 {Words.Milliseconds(latencies.Percentile(99))}");
    }
}
