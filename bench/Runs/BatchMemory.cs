using Exporter.Bench.Figures;
using Exporter.Bench.Load;
using Exporter.Bench.Server;
using Exporter.Reports.V1;

namespace Exporter.Bench.Runs;

/// <summary>One batch of a million reports, and the memory that its delivery takes.</summary>
internal static class BatchMemory
{
    private const int Distinct = 50_000;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public static async Task RunAsync(RunOptions options, Page page)
    {
        await using var server = await StandaloneServer.StartAsync(options);
        await server.Admin.SetBatchAsync(options.Reports, TimeSpan.FromHours(6), options.Level);
        var load = new StreamLoad(
            server.Grpc, await server.Admin.CreateKeysAsync(1), ReportPool.Make(Distinct, PositionSource.Gnss), options.Message);
        var sending = load.RunAsync(sent => ValueTask.FromResult(sent < options.Reports + 1000));
        var course = new List<(long Delivered, long Bytes)>();
        while ((await server.Admin.BooksAsync()).Delivered is var delivered && (delivered == 0 || !sending.IsCompleted))
        {
            course.Add((delivered, server.Memory.ResidentBytes));
            await Task.Delay(Look, TimeProvider.System, CancellationToken.None);
        }

        await sending;
        var objects = DeliveredObjects.Read(server.Folder);
        page.Figure("reports in the batch", Words.Count((await server.Admin.BooksAsync()).Delivered), $"{objects.Count} object");
        page.Figure("peak memory", Words.Megabytes(server.Memory.PeakBytes), "less than 300 MB, flat");
        objects.Print(page);
        page.Note("Resident MB, about every 2 s: " + string.Join(' ', course.Where((_, i) => i % 4 == 0).Select(sample => Words.Count(sample.Bytes / 1e6))) + ".");
    }
}
