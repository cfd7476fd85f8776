using System.Buffers;
using System.Diagnostics;
using System.IO.Compression;
using Exporter.Bench.Figures;
using Exporter.Bench.Load;
using Exporter.Geosubmit;
using Exporter.Reports.V1;
using Google.Protobuf;

namespace Exporter.Bench.Ceilings;

/// <summary>What one core does in memory with the same reports.</summary>
internal static class CodecCeilings
{
    private const int ReportsAtOnce = 1000;
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(1.5);

    public static void RunAll(IReadOnlyList<Report> reports, Page page)
    {
        var json = ReportPool.Json(reports.Take(10_000));
        page.Figure("a report", $"{json.Length / Math.Min(10_000, reports.Count):N0} bytes of JSON", $"{reports.Take(10_000).Average(report => report.CalculateSize()):N0} bytes of protobuf");
        Parse(reports, page);
        var buffer = new byte[4096];
        page.Figure("write protobuf, one core", Rate(reports.Count, i => reports[i].WriteTo(buffer.AsSpan(0, reports[i].CalculateSize()))));
        ReadJson(reports, page);
        var output = new ArrayBufferWriter<byte>(8192);
        page.Figure("write JSON, one core", Rate(reports.Count, i =>
        {
            output.ResetWrittenCount();
            GeosubmitWriter.Write(output, reports[i]);
        }));
        Gzip(json, CompressionLevel.Fastest, page);
        Gzip(json, CompressionLevel.Optimal, page);
    }

    public static void Parse(IReadOnlyList<Report> reports, Page page)
    {
        var bytes = reports.Select(report => report.ToByteArray()).ToList();
        page.Figure("parse protobuf into objects, one core", Rate(bytes.Count, i => Report.Parser.ParseFrom(bytes[i])));
    }

    private static void ReadJson(IReadOnlyList<Report> reports, Page page)
    {
        var documents = reports.Chunk(ReportsAtOnce).Select(chunk => (chunk.Length, Json: ReportPool.Json(chunk))).ToList();
        var now = TimeProvider.System.GetUtcNow();
        page.Figure("read JSON into objects, one core", Rate(documents.Count, i => GeosubmitReader.Read(documents[i].Json, GeosubmitVersion.V2, now), ReportsAtOnce));
    }

    private static void Gzip(byte[] json, CompressionLevel level, Page page)
    {
        var packed = 0L;
        var rate = Rate(1, _ =>
        {
            using var sink = new MemoryStream(json.Length);
            using (var gzip = new GZipStream(sink, level, leaveOpen: true))
            {
                for (var at = 0; at < json.Length; at += 1 << 16)
                    gzip.Write(json, at, Math.Min(1 << 16, json.Length - at));
            }

            packed = sink.Length;
        }, 10_000);
        page.Figure($"gzip {level}, one core", rate, Words.Ratio(json.Length, packed));
    }

    private static string Rate(int count, Action<int> work, int reportsEach = 1)
    {
        Run(count, work, TimeSpan.FromSeconds(0.5));
        var (done, time) = Run(count, work, AtLeast);
        return Words.PerSecond((double)done * reportsEach, time, "reports");
    }

    private static (long Done, TimeSpan Time) Run(int count, Action<int> work, TimeSpan atLeast)
    {
        var begun = Stopwatch.GetTimestamp();
        var done = 0L;
        while (Stopwatch.GetElapsedTime(begun) < atLeast)
        {
            for (var i = 0; i < Math.Min(count, 500); i++)
                work((int)(done++ % count));
        }

        return (done, Stopwatch.GetElapsedTime(begun));
    }
}
