using System.Diagnostics;
using Exporter.Bench.Figures;
using Exporter.Bench.Load;
using Exporter.Bench.Server;
using Exporter.Ingest.V1;
using Exporter.Reports.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Exporter.Bench.Runs;

/// <summary>
/// 100-report requests that begin on a schedule at half of what end-to-end sustains, whether or not earlier ones are
/// answered; each is timed from when it should have begun.
/// </summary>
internal static class Latency
{
    private const int RequestReports = 100;
    private const int Distinct = 50_000;
    private static readonly TimeSpan Calibration = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(RunOptions options, Page page)
    {
        var reports = ReportPool.Make(Distinct);
        var rate = options.Rate ?? await CalibrateAsync(reports, options, page) / 2;
        await using var server = await StandaloneServer.StartAsync(options);
        await server.Admin.SetBatchAsync(options.Batch, TimeSpan.FromSeconds(5), options.Level);
        var latencies = await SendAsync(server, reports, rate / RequestReports, options.WarmUp, TimeSpan.FromSeconds(options.Seconds ?? 30));
        page.Figure("rate", Words.PerSecond(rate, TimeSpan.FromSeconds(1), "reports"), $"{Words.Count(rate / RequestReports)} requests/s of 100 reports");
        page.Figure("answered, p50", Words.Milliseconds(latencies.Percentile(50)));
        page.Figure("answered, p99", Words.Milliseconds(latencies.Percentile(99)), "less than 50 ms");
        page.Figure("answered, p99.9", Words.Milliseconds(latencies.Percentile(99.9)), $"of {Words.Count(latencies.Count)}");
    }

    private static async Task<double> CalibrateAsync(IReadOnlyList<Report> reports, RunOptions options, Page page)
    {
        await using var server = await StandaloneServer.StartAsync(options);
        await server.Admin.SetBatchAsync(options.Batch, TimeSpan.FromSeconds(5), options.Level);
        return await EndToEnd.MeasureAsync(server, reports, options, Calibration, page);
    }

    private static async Task<Latencies> SendAsync(StandaloneServer server, IReadOnlyList<Report> reports, double perSecond, TimeSpan warmUp, TimeSpan duration)
    {
        using var channel = GrpcChannel.ForAddress(server.Grpc);
        var client = new IngestService.IngestServiceClient(channel);
        var headers = new Metadata { { "x-api-key", (await server.Admin.CreateKeysAsync(1))[0] } };
        var requests = reports.Chunk(RequestReports).Select(chunk => new SubmitReportsRequest { Reports = { chunk } }).ToList();
        var latencies = new Latencies();
        var running = new List<Task>();
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; Stopwatch.GetElapsedTime(begun) < warmUp + duration; i++)
        {
            var due = Due(i, perSecond, warmUp);
            while (due - Stopwatch.GetElapsedTime(begun) is var early && early > TimeSpan.Zero)
                await Task.Delay(early, TimeProvider.System, CancellationToken.None);
            var request = requests[i % requests.Count];
            Restamp(request, isFirst: i < requests.Count);
            running.Add(SubmitAsync(client, request, headers, begun, due, due < warmUp ? null : latencies));
            if (running.Count > 1000)
                running.RemoveAll(request => request.IsCompletedSuccessfully);
        }

        await Task.WhenAll(running);
        return latencies;
    }

    // The rate grows steadily over the warm-up: at once at full rate, cold code would be measured by its queue.
    private static TimeSpan Due(int request, double perSecond, TimeSpan warmUp)
    {
        var inWarmUp = perSecond * warmUp.TotalSeconds / 2;
        return request < inWarmUp
            ? warmUp * Math.Sqrt(request / inWarmUp)
            : warmUp + TimeSpan.FromSeconds((request - inWarmUp) / perSecond);
    }

    // No report is sent twice: each pass was observed a second earlier.
    private static void Restamp(SubmitReportsRequest request, bool isFirst)
    {
        if (isFirst)
            return;

        foreach (var report in request.Reports)
            report.ObservedAt.Seconds--;
    }

    private static async Task SubmitAsync(
        IngestService.IngestServiceClient client, SubmitReportsRequest request, Metadata headers, long begun, TimeSpan due, Latencies? latencies)
    {
        var answer = await client.SubmitReportsAsync(request, headers);
        if (answer.AcceptedCount != RequestReports)
            throw new InvalidOperationException("A report was not accepted, so the run does not measure what it says.");
        latencies?.Add(Stopwatch.GetElapsedTime(begun) - due);
    }
}
