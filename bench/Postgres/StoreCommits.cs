using System.Diagnostics;
using Exporter.Bench.Figures;

namespace Exporter.Bench.Postgres;

/// <summary>Ingest's commits into the store, and nothing else.</summary>
internal static class StoreCommits
{
    public static async Task RunAsync(BenchStore store, List<byte[]> payloads, int writers, TimeSpan time, Page page)
    {
        await using (store)
        {
            var commit = BenchStore.Commit(payloads);
            var begun = Stopwatch.GetTimestamp();
            var commits = (await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
            {
                var done = 0L;
                for (; Stopwatch.GetElapsedTime(begun) < time; done++)
                    await store.Blocks.CommitAsync(commit, CancellationToken.None);
                return done;
            })))).Sum();
            var elapsed = Stopwatch.GetElapsedTime(begun);
            page.Figure(
                $"the store's commits, {writers} writer(s), 4 blocks each", Words.PerSecond(commits * 4000.0, elapsed, "reports"),
                $"{commits * commit.Sum(part => part.PackedBytes) / elapsed.TotalSeconds / 1e6:N0} MB/s, {Words.PerSecond(commits, elapsed, "commits")}");
        }
    }
}
