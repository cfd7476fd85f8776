using Exporter.Bench.Figures;
using Exporter.Bench.Load;
using Exporter.Bench.Runs;

namespace Exporter.Bench.Ceilings;

/// <summary>All of them in one go.</summary>
internal static class Ceilings
{
    private const int Distinct = 50_000;
    private const int Connections = 64;

    public static async Task RunAsync(RunOptions options, Page page)
    {
        var reports = ReportPool.Make(Distinct);
        CodecCeilings.RunAll(reports, page);
        SqliteCeilings.Run(reports, options.Folder, page);
        FileCeilings.Run(options.Folder, page);
        var posts = reports.Select(report => new HttpPost(report)).ToList();
        await using var handler = await KestrelHandler.StartAsync(parses: false);
        await HttpSingle.MeasureAsync(
            "bare Kestrel handler", new(handler.Http, posts, Connections), options.WarmUp / 2, TimeSpan.FromSeconds(options.Seconds ?? 5), () => handler.ProcessorTime, "64 connections", page);
    }
}
