using System.Diagnostics;
using System.IO.Compression;
using Exporter.Bench.Figures;
using Exporter.Bench.Load;
using Exporter.Bench.Runs;
using Exporter.Reports.V1;

namespace Exporter.Bench.Services;

/// <summary>What the object sink takes: whole objects of the run's batch size, one after another on each of four connections.</summary>
internal static class PutCeiling
{
    private const int Connections = 4;

    public static async Task RunAsync(ObjectSink sink, IReadOnlyList<Report> reports, RunOptions options, TimeSpan time, Page page)
    {
        using var http = new HttpClient();
        var body = Body(reports.Take(options.Batch), options.Level);
        var begun = Stopwatch.GetTimestamp();
        var puts = (await Task.WhenAll(Enumerable.Range(0, Connections).Select(i => Task.Run(() => PutAsync(http, sink, body, i, begun, time))))).Sum();
        var elapsed = Stopwatch.GetElapsedTime(begun);
        page.Figure(
            $"the double: PUT of {Words.Count(body.Length / 1000.0)} kB, {Connections} connections", Words.PerSecond(puts, elapsed, "objects"),
            $"{Words.Megabytes(puts * (double)body.Length / elapsed.TotalSeconds)}/s, {Words.PerSecond(puts * (double)Math.Min(options.Batch, reports.Count), elapsed, "reports")}");
    }

    private static async Task<long> PutAsync(HttpClient http, ObjectSink sink, byte[] body, int connection, long begun, TimeSpan time)
    {
        var puts = 0L;
        for (; Stopwatch.GetElapsedTime(begun) < time; puts++)
        {
            using var content = new ByteArrayContent(body);
            using var answer = await http.PutAsync(new Uri($"{sink.Address}/ceiling/{connection}/{puts}"), content);
            answer.EnsureSuccessStatusCode();
        }

        return puts;
    }

    private static byte[] Body(IEnumerable<Report> reports, string level)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, level == "optimal" ? CompressionLevel.Optimal : CompressionLevel.Fastest))
            gzip.Write(ReportPool.Json(reports));
        return output.ToArray();
    }
}
