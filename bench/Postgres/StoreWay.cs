using System.Diagnostics;
using Exporter.Bench.Figures;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;

namespace Exporter.Bench.Postgres;

/// <summary>All of a report's way within the store at once: committed, routed, sealed, claimed, read, recorded, released.</summary>
internal static class StoreWay
{
    private const int Exporters = 2;
    private const long MostAhead = 200_000;

    public static async Task RunAsync(BenchStore store, List<byte[]> payloads, TimeSpan time, Page page)
    {
        await using (store)
        {
            var export = await store.AddExportAsync(batchReports: 10_000);
            var snapshot = await store.Exports.LoadAsync(CancellationToken.None);
            using var over = new CancellationTokenSource();
            var delivered = new long[1];
            var committed = 0L;
            var loops = new List<Task>
            {
                LoopAsync(async () => (await store.Routing.RouteAsync(snapshot, 128, CancellationToken.None)).Blocks > 0, over.Token),
                LoopAsync(async () => await store.Routing.ReleaseAsync(128, CancellationToken.None) > 0, over.Token),
            };
            loops.AddRange(Enumerable.Range(0, Exporters).Select(_ => LoopAsync(() => DeliverAsync(store, export, delivered), over.Token)));

            var commit = BenchStore.Commit(payloads);
            var begun = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(begun) < time)
            {
                if (committed - Interlocked.Read(ref delivered[0]) > MostAhead)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
                    continue;
                }

                await store.Blocks.CommitAsync(commit, CancellationToken.None);
                committed += 4000;
            }

            var elapsed = Stopwatch.GetElapsedTime(begun);
            var reports = Interlocked.Read(ref delivered[0]);
            await over.CancelAsync();
            await Task.WhenAll(loops);
            var view = await store.Queries.ReadStoreAsync(CancellationToken.None);
            page.Figure(
                "the whole way within the store, batches of 10,000", Words.PerSecond(reports, elapsed, "reports"),
                $"commit, route, seal, claim, read, record, release; {view.StoreBytes / 1e6:N0} MB at the end");
        }
    }

    private static async Task<bool> DeliverAsync(BenchStore store, ExportDefinition export, long[] delivered)
    {
        if (await store.Batches.ClaimAsync(export.Id, 8, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1), CancellationToken.None) is not { } claim)
            return false;

        await foreach (var _ in new BatchReader(store.Batches, claim.Batch).ReadBlocksAsync(CancellationToken.None))
        {
        }

        await store.Batches.RecordAsync(claim, new Outcome.Delivered(), BenchStore.Terms(TimeSpan.Zero), CancellationToken.None);
        Interlocked.Add(ref delivered[0], claim.Batch.ReportCount);
        return true;
    }

    private static Task LoopAsync(Func<Task<bool>> work, CancellationToken over) => Task.Run(
        async () =>
        {
            while (!over.IsCancellationRequested)
            {
                if (!await work())
                    await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, CancellationToken.None);
            }
        },
        CancellationToken.None);
}
