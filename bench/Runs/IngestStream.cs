using Exporter.Bench.Ceilings;
using Exporter.Bench.Figures;
using Exporter.Bench.Load;
using Exporter.Bench.Server;

namespace Exporter.Bench.Runs;

/// <summary>Ingest alone: no export is enabled, so that blocks are stored and nothing else happens.</summary>
internal static class IngestStream
{
    private const int Distinct = 100_000;

    public static async Task RunAsync(RunOptions options, Page page)
    {
        var reports = ReportPool.Make(Distinct);
        await using (var server = await StandaloneServer.StartAsync(options))
        {
            await server.Admin.DisableExportAsync();
            var load = new StreamLoad(server.Grpc, await server.Admin.CreateKeysAsync(options.Streams), reports, options.Message);
            await MeasureAsync(new LoadClock(load, options.WarmUp, TimeSpan.FromSeconds(options.Seconds ?? 20)), load, server, page);
        }

        CodecCeilings.Parse(reports, page);
        SqliteCeilings.Run(reports, options.Folder, page);
    }

    private static async Task MeasureAsync(LoadClock clock, StreamLoad load, StandaloneServer server, Page page)
    {
        var span = clock.RunAsync(() => server.ProcessorTime);
        await load.RunAsync(_ => ValueTask.FromResult(!clock.IsOver));
        var measured = await span;
        page.Figure("durable answers", Words.PerSecond(measured.Reports, measured.Time, "reports"), "at least 80,000, reach for 150,000");
        page.Figure("processor of Standalone", Words.Percent(measured.Processor / measured.Time), $"{measured.Processor.TotalMicroseconds / measured.Reports:N2} µs a report");
        page.Figure("peak memory", Words.Megabytes(server.Memory.PeakBytes));
    }
}
