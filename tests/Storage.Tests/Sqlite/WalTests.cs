using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Sqlite;

public sealed class WalTests
{
    private const long Bound = 64L * 1024 * 1024;

    [Fact]
    public async Task The_log_stays_under_64_MiB_beside_a_destination_that_hardly_reads()
    {
        await using var fixture = await SqliteFixture.OpenAsync();
        var export = await fixture.AddExportAsync("slow", settings => settings with { BatchReports = 20 });
        await CommitMebibytesAsync(fixture, 20);
        await fixture.RouteAsync();
        var claim = (await fixture.ClaimAsync(export)).ShouldNotBeNull();

        // One block is taken, and the batch stays open for as long as the load goes on.
        await using var reading = new BatchReader(fixture.Batches, claim.Batch).ReadBlocksAsync(StoreFixture.Cancel).GetAsyncEnumerator(StoreFixture.Cancel);
        (await reading.MoveNextAsync()).ShouldBeTrue();

        var largest = 0L;
        for (var i = 0; i < 100; i++)
        {
            await CommitMebibytesAsync(fixture, 4);
            await fixture.RouteAsync();
            largest = Math.Max(largest, new FileInfo(fixture.DatabasePath + "-wal").Length);
        }

        largest.ShouldBeLessThan(Bound);
        (await reading.MoveNextAsync()).ShouldBeTrue();
    }

    private static async Task CommitMebibytesAsync(SqliteFixture fixture, int mebibytes)
    {
        var bytes = new byte[1_000_000];
        new Random(1).NextBytes(bytes);
        var submissions = Enumerable.Range(0, mebibytes)
            .Select(_ => new Submission(null, [new PackedReports(ReportSource.Gnss, bytes, [new ReportMark(bytes.Length, 1_795_000_000_000)])]))
            .ToList();
        await fixture.Blocks.CommitAsync(submissions, StoreFixture.Cancel);
    }
}
