using System.Diagnostics;
using Exporter.Bench.Figures;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;

namespace Exporter.Bench.Postgres;

/// <summary>How long a claim takes while a snapshot stays open over as many deliveries as five minutes have at thirty a second.</summary>
internal static class ClaimTimes
{
    private const int Batches = 9000;
    private const int Part = 1500;

    public static async Task RunAsync(BenchStore store, Page page)
    {
        await using (store)
        {
            var export = await store.AddExportAsync(batchReports: 1);
            await FillAsync(store);
            await using var connection = await store.Source.OpenConnectionAsync();
            await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
            await using (var look = connection.CreateCommand())
            {
                look.CommandText = "select count(*) from exporter.revision";
                await look.ExecuteScalarAsync();
            }

            var times = new List<TimeSpan>(Batches);
            for (var i = 0; i < Batches; i++)
                times.Add(await ClaimAsync(store, export));
            foreach (var (part, number) in times.Skip(Part / 3).Chunk(Part).Select((part, number) => (part.Order().ToList(), number)))
                page.Figure(
                    $"claim beside an open snapshot, after {(number * Part) + (Part / 3)} deliveries", $"p50 {part[part.Count / 2].TotalMilliseconds:N2} ms",
                    $"p99 {part[part.Count * 99 / 100].TotalMilliseconds:N2} ms, with its commit");
        }
    }

    private static async Task FillAsync(BenchStore store)
    {
        var snapshot = await store.Exports.LoadAsync(CancellationToken.None);
        for (var i = 0; i < (Batches / 500) + 1; i++)
        {
            await store.Blocks.CommitAsync(
                [.. Enumerable.Range(0, 500).Select(key => new Submission($"key-{key}", [new(ReportSource.Gnss, new byte[] { 1, 2 }, [new(2, 1_795_000_000_000)])]))],
                CancellationToken.None);
            await store.Routing.RouteAsync(snapshot, 500, CancellationToken.None);
        }
    }

    private static async Task<TimeSpan> ClaimAsync(BenchStore store, ExportDefinition export)
    {
        var begun = Stopwatch.GetTimestamp();
        var claim = await store.Batches.ClaimAsync(export.Id, 8, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1), CancellationToken.None);
        var time = Stopwatch.GetElapsedTime(begun);
        await store.Batches.RecordAsync(claim!, new Outcome.Delivered(), BenchStore.Terms(TimeSpan.FromHours(1)), CancellationToken.None);
        return time;
    }
}
