using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Contract;

public sealed class RoutingTests
{
    [Theory, EveryStore]
    public async Task Without_an_enabled_export_blocks_wait_and_with_one_they_are_routed(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        await fixture.CommitAsync(5);
        (await fixture.RouteAsync()).ShouldBe(0);

        await fixture.AddExportAsync("late", settings => settings);
        (await fixture.RouteAsync()).ShouldBe(1);
        (await fixture.BooksAsync())[0].Waiting.ShouldBe(5);
    }

    [Theory, EveryStore]
    public async Task A_block_that_skip_rules_send_nowhere_is_deleted_and_counted_none(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        await fixture.AddExportAsync("no fused", settings => settings with { SkipSources = [ReportSource.Fused] });
        await fixture.CommitAsync(5, source: ReportSource.Fused);
        var result = await fixture.Routing.RouteAsync(await fixture.Exports.LoadAsync(StoreFixture.Cancel), 10, StoreFixture.Cancel);
        result.Reports["none"].ShouldBe(5);
        (await fixture.CountPayloadsAsync()).ShouldBe(0);
    }

    [Theory, EveryStore]
    public async Task A_stale_snapshot_routes_nothing(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var old = await fixture.Exports.LoadAsync(StoreFixture.Cancel);
        await fixture.AddExportAsync("new", settings => settings);
        await fixture.CommitAsync(1);
        (await fixture.Routing.RouteAsync(old, 10, StoreFixture.Cancel)).IsStale.ShouldBeTrue();
    }

    [Theory, EveryStore]
    public async Task A_batch_is_sealed_when_it_is_full_with_whole_blocks_in_order(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("full", settings => settings with { BatchReports = 10 });
        foreach (var count in new[] { 6, 7, 4 })
            await fixture.CommitAsync(count);
        await fixture.RouteAsync();

        var batch = (await fixture.Queries.ListBatchesAsync(export.Id, null, null, 10, StoreFixture.Cancel)).ShouldHaveSingleItem().Batch;
        (batch.ReportCount, batch.Trigger).ShouldBe((13, BatchTrigger.Count));
        (await fixture.Queries.ListQueuesAsync(export.Id, 10, StoreFixture.Cancel)).ShouldHaveSingleItem().Reports.ShouldBe(4);
    }

    [Theory, EveryStore]
    public async Task A_partition_is_sealed_by_the_age_of_its_oldest_report_even_while_more_trickle_in(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("slow", settings => settings with { MaxDelay = TimeSpan.FromMinutes(10) });
        for (var minute = 0; minute < 9; minute++)
        {
            await fixture.CommitAsync(1);
            await fixture.RouteAsync();
            await fixture.SealAsync();
            await fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        (await fixture.CountAsync("batch")).ShouldBe(0);
        await fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        await fixture.SealAsync();
        var batch = (await fixture.Queries.ListBatchesAsync(export.Id, null, null, 10, StoreFixture.Cancel)).ShouldHaveSingleItem().Batch;
        (batch.ReportCount, batch.Trigger).ShouldBe((9, BatchTrigger.Age));
    }

    [Theory, EveryStore]
    public async Task A_lowered_batch_size_seals_what_already_waits(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("lowered", settings => settings with { BatchReports = 1000 });
        for (var i = 0; i < 5; i++)
            await fixture.CommitAsync(30);
        await fixture.RouteAsync();
        await fixture.Exports.UpdateAsync(export with { Settings = export.Settings with { BatchReports = 50 } }, StoreFixture.Cancel);
        await fixture.SealAsync();

        var batches = await fixture.Queries.ListBatchesAsync(export.Id, null, null, 10, StoreFixture.Cancel);
        batches.Select(view => view.Batch.ReportCount).ShouldBe([60, 60]);
        (await fixture.Queries.ListQueuesAsync(export.Id, 10, StoreFixture.Cancel)).ShouldHaveSingleItem().Reports.ShouldBe(30);
        foreach (var view in batches)
            (await ReadAsync(fixture, view.Batch)).ShouldBe(60 * 4);
        await fixture.BooksAsync();
    }

    [Theory, EveryStore]
    public async Task S3_exports_have_a_partition_for_each_source_and_key_with_a_frozen_destination(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync(
            "objects",
            settings => settings with { BatchReports = 1, Url = "s3://bucket/backup/{source}/{api_key}/{year}/{month}/{day}" },
            ExportKind.S3);
        await fixture.CommitAsync(1, "test-key");
        await fixture.CommitAsync(1, source: ReportSource.Fused);
        await fixture.RouteAsync();

        var batches = await fixture.Queries.ListBatchesAsync(export.Id, null, null, 10, StoreFixture.Cancel);
        batches.Select(view => view.Batch.Target!.Location).ShouldBe(
            batches.Select(view => $"s3://bucket/backup/{(view.Batch.Partition == "gnss/test-key" ? "gnss/test-key" : "fused/no_key")}/2026/11/22/{view.Batch.Id}.json.gz"));
        batches.Select(view => view.Batch.Partition).ShouldBe(["gnss/test-key", "fused/no_key"], ignoreOrder: true);
    }

    private static async Task<int> ReadAsync(StoreFixture fixture, Batch batch)
    {
        var bytes = 0;
        await foreach (var block in new BatchReader(fixture.Batches, batch).ReadBlocksAsync(StoreFixture.Cancel))
            bytes += block.Length;
        return bytes;
    }
}
