using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Postgres;

public sealed class ShelfTests
{
    private static CancellationToken Cancel => StoreFixture.Cancel;

    [Fact]
    public async Task B4_payloads_are_never_updated_nor_deleted_and_their_space_comes_back_a_shelf_at_a_time()
    {
        await using var fixture = await PostgresFixture.OpenAsync();
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        for (var round = 0; round < 40; round++)
        {
            await CommitMebibyteAsync(fixture);
            await fixture.RouteAsync();
            await fixture.DeliverAllAsync(export);
            await fixture.AdvanceAsync(TimeSpan.FromMinutes(11));
            await fixture.ReleaseAllAsync();
            (await PayloadBytesAsync(fixture)).ShouldBeLessThan(8L * 1024 * 1024);
        }

        (await fixture.ScalarAsync<long>(
            "select sum(pg_stat_get_tuples_updated(c.oid) + pg_stat_get_tuples_deleted(c.oid))::bigint from pg_class c where c.relname like 'block_payload%'")).ShouldBe(0);
    }

    [Fact]
    public async Task B4_the_few_that_stay_are_moved_so_that_their_shelf_is_free()
    {
        await using var fixture = await PostgresFixture.OpenAsync();
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        await CommitMebibyteAsync(fixture);
        await fixture.RouteAsync();
        await fixture.RecordAsync((await fixture.ClaimAsync(export)).ShouldNotBeNull(), new Outcome.Rejected("odd", "Odd."));
        for (var round = 0; round < 20; round++)
        {
            await CommitMebibyteAsync(fixture);
            await fixture.RouteAsync();
            await fixture.DeliverAllAsync(export);
            await fixture.AdvanceAsync(TimeSpan.FromMinutes(11));
            await fixture.ReleaseAllAsync();
        }

        (await PayloadBytesAsync(fixture)).ShouldBeLessThan(8L * 1024 * 1024);
        var letter = (await fixture.DeadLetters.ListAsync(DeadLetterFilter.All, null, 10, Cancel)).ShouldHaveSingleItem();
        (await fixture.DeadLetters.ReadReportsAsync(letter, 10, Cancel)).ShouldHaveSingleItem().Length.ShouldBe(999_997);
    }

    [Fact]
    public async Task A_process_that_uses_an_old_shelf_loses_nothing()
    {
        await using var fixture = await PostgresFixture.OpenAsync();
        await using var slow = fixture.Another();
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        await slow.CommitAsync(1);
        for (var round = 0; round < 3; round++)
        {
            await fixture.CommitAsync(1);
            await fixture.RouteAsync();
            await fixture.DeliverAllAsync(export);
            await fixture.AdvanceAsync(TimeSpan.FromMinutes(11));
            await fixture.ReleaseAllAsync();
            await slow.CommitAsync(2);
        }

        (await fixture.ScalarAsync<long>("select count(distinct shelf) from exporter.block")).ShouldBeGreaterThan(0);
        await fixture.RouteAsync();
        while (await fixture.ClaimAsync(export) is { } claim)
        {
            await foreach (var packed in new BatchReader(fixture.Batches, claim.Batch).ReadBlocksAsync(Cancel))
                packed.Length.ShouldBeGreaterThan(0);
            await fixture.RecordAsync(claim, new Outcome.Delivered());
        }

        (await fixture.BooksAsync())[0].Delivered.ShouldBe(3 + 1 + 6);
    }

    [Fact]
    public async Task B8_above_its_bound_the_store_takes_nothing_in_and_below_it_does_again()
    {
        await using var fixture = await PostgresFixture.OpenAsync();
        await using var bounded = fixture.Another(options: new() { MaxStoreBytes = await fixture.ScalarAsync<long>("select pg_database_size(current_database())") + 2_000_000 });
        await bounded.Store.Room.ReadAsync(Cancel);
        bounded.Blocks.Refusal.ShouldBeNull();
        for (var i = 0; i < 3; i++)
            await CommitMebibyteAsync(fixture);
        await bounded.Store.Room.ReadAsync(Cancel);
        bounded.Blocks.Refusal.ShouldNotBeNull().ErrorType.ShouldBe("store_full");
        await Should.ThrowAsync<StoreRefusedException>(() => bounded.CommitAsync(1));

        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        await fixture.RouteAsync();
        await fixture.DeliverAllAsync(export);
        await fixture.AdvanceAsync(TimeSpan.FromMinutes(11));
        await fixture.ReleaseAllAsync();
        await bounded.Store.Room.ReadAsync(Cancel);
        bounded.Blocks.Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task C7_a_full_export_stops_ingest_in_another_process_too()
    {
        await using var router = await PostgresFixture.OpenAsync();
        await using var ingest = router.Another();
        await router.AddExportAsync("limited", settings => settings with { FullPolicy = FullPolicy.RefuseIngest, MaxWaitingReports = 4 });
        await ingest.CommitAsync(5);
        await router.RouteAsync();
        await ingest.Store.Room.ReadAsync(Cancel);
        ingest.Blocks.Refusal.ShouldNotBeNull().Detail.ShouldBe("Export 'limited' holds 5 reports, its limit is 4, and it is configured to refuse more.");
    }

    private static Task<long> PayloadBytesAsync(PostgresFixture fixture) => fixture.ScalarAsync<long>(
        "select sum(pg_total_relation_size(inhrelid))::bigint from pg_inherits where inhparent = 'exporter.block_payload'::regclass");

    private static async Task CommitMebibyteAsync(PostgresFixture fixture)
    {
        var bytes = new byte[1_000_000];
        new Random(1).NextBytes(bytes);
        (bytes[0], bytes[1], bytes[2]) = (0xBD, 0x84, 0x3D);
        await fixture.Blocks.CommitAsync([new(null, [new(ReportSource.Gnss, bytes, [new(bytes.Length, 1_795_000_000_000)])])], Cancel);
    }
}
