using System.Diagnostics;
using Exporter.Bench.Ceilings;
using Exporter.Bench.Figures;
using Exporter.Bench.Load;
using Exporter.Bench.Server;

namespace Exporter.Bench.Runs;

/// <summary>
/// All of the way: stream, disk, routing, gzipped objects. Without --rate the load keeps a bounded number of reports
/// between the door and the objects, which is as fast as can be sustained.
/// </summary>
internal static class EndToEnd
{
    private const int Distinct = 100_000;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    public static async Task RunAsync(RunOptions options, Page page)
    {
        var reports = ReportPool.Make(Distinct);
        await using (var server = await StandaloneServer.StartAsync(options))
        {
            await server.Admin.SetBatchAsync(options.Batch, TimeSpan.FromSeconds(5), options.Level);
            await MeasureAsync(server, reports, options, TimeSpan.FromSeconds(options.Seconds ?? 60), page);
        }

        CodecCeilings.RunAll(reports, page);
        SqliteCeilings.Run(reports, options.Folder, page);
    }

    /// <returns>Reports a second.</returns>
    public static async Task<double> MeasureAsync(
        StandaloneServer server, IReadOnlyList<Reports.V1.Report> reports, RunOptions options, TimeSpan duration, Page page)
    {
        var load = new StreamLoad(server.Grpc, await server.Admin.CreateKeysAsync(options.Streams), reports, options.Message);
        var gate = new BacklogGate(options.Rate, 20L * options.Batch + 100_000);
        var sending = load.RunAsync(gate.MoreAsync);
        var samples = new List<Sample>();
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) is var elapsed && elapsed < options.WarmUp + duration && !sending.IsCompleted)
        {
            var delivered = (await server.Admin.BooksAsync()).Delivered;
            gate.Note(delivered);
            samples.Add(new(elapsed, load.Answered, delivered, server.ProcessorTime));
            await Task.Delay(Look, TimeProvider.System, CancellationToken.None);
        }

        gate.Close();
        await sending;
        await DrainAsync(server, load.Answered);
        return Print([.. samples.Where(sample => sample.At >= options.WarmUp)], server, page);
    }

    private static double Print(List<Sample> samples, StandaloneServer server, Page page)
    {
        var (first, last) = (samples[0], samples[^1]);
        var time = last.At - first.At;
        var delivered = last.Delivered - first.Delivered;
        var processor = last.Processor - first.Processor;
        page.Figure("delivered", Words.PerSecond(delivered, time, "reports"), "at least 30,000, reach for 60,000");
        page.Figure("sustained", $"{time.TotalSeconds:N0} s");
        page.Figure("backlog", BacklogSample.Flatness(samples), "half against half");
        page.Figure("processor of Standalone", Words.Percent(processor / time), $"{processor.TotalMicroseconds / delivered:N2} µs a report");
        page.Figure("peak memory", Words.Megabytes(server.Memory.PeakBytes));
        DeliveredObjects.Read(server.Folder).Print(page);
        page.Note(BacklogSample.Course(samples));
        return delivered / time.TotalSeconds;
    }

    private static async Task DrainAsync(StandaloneServer server, long answered)
    {
        while ((await server.Admin.BooksAsync()).Delivered < answered)
            await Task.Delay(Look, TimeProvider.System, CancellationToken.None);
    }

    private sealed record Sample(TimeSpan At, long Answered, long Delivered, TimeSpan Processor) : BacklogSample(At, Answered, Delivered);
}
