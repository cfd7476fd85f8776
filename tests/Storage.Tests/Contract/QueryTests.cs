using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Contract;

public sealed class QueryTests
{
    [Theory, EveryStore]
    public async Task Batches_are_listed_newest_first_by_export_by_state_and_by_page(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var first = await fixture.AddExportAsync("first", settings => settings with { BatchReports = 1 });
        var second = await fixture.AddExportAsync("second", settings => settings with { BatchReports = 1 });
        for (var i = 0; i < 3; i++)
        {
            await fixture.CommitAsync(1);
            await fixture.RouteAsync();
        }

        var delivered = (await fixture.ClaimAsync(first)).ShouldNotBeNull();
        await fixture.RecordAsync(delivered, new Outcome.Delivered(new ObjectReceipt(12, "\"tag\"", "abc")));
        var dead = (await fixture.ClaimAsync(second)).ShouldNotBeNull();
        await fixture.RecordAsync(dead, new Outcome.Rejected("odd", "Odd."));
        var sending = (await fixture.ClaimAsync(second)).ShouldNotBeNull();

        var all = await fixture.Queries.ListBatchesAsync(null, null, null, 10, StoreFixture.Cancel);
        all.Select(view => view.Number).ShouldBe(all.Select(view => view.Number).OrderDescending());
        all.Count.ShouldBe(6);
        (await fixture.Queries.ListBatchesAsync(null, null, all[3].Number, 10, StoreFixture.Cancel)).Select(view => view.Number).ShouldBe(all.Skip(4).Select(view => view.Number));
        (await fixture.ListAsync(first)).Select(view => view.Number).ShouldBe(all.Where(view => view.Batch.ExportId == first.Id).Select(view => view.Number));
        (await fixture.ListAsync(first, BatchState.Sealed)).Count.ShouldBe(2);
        (await fixture.Queries.ListBatchesAsync(null, BatchState.Dead, null, 10, StoreFixture.Cancel)).ShouldHaveSingleItem().Batch.Id.ShouldBe(dead.Batch.Id);
        (await fixture.ListAsync(second, BatchState.Sending)).ShouldHaveSingleItem().Batch.Id.ShouldBe(sending.Batch.Id);

        var view = (await fixture.Queries.FindBatchAsync(delivered.Batch.Id, StoreFixture.Cancel)).ShouldNotBeNull();
        (view.State, view.Attempts, view.DeliveredAt, view.Receipt).ShouldBe(
            (BatchState.Delivered, 1, fixture.Clock.GetUtcNow(), new ObjectReceipt(12, "\"tag\"", "abc")));
        (await fixture.Queries.FindBatchAsync(Guid.NewGuid(), StoreFixture.Cancel)).ShouldBeNull();
        var letter = (await fixture.Queries.FindBatchAsync(dead.Batch.Id, StoreFixture.Cancel)).ShouldNotBeNull();
        (letter.ErrorType, letter.ErrorDetail).ShouldBe(("odd", "Odd."));
    }

    [Theory, EveryStore]
    public async Task The_store_tells_what_is_not_routed_and_since_when(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        await fixture.CommitAsync(1);
        var since = fixture.Clock.GetUtcNow();
        await fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        await fixture.CommitAsync(1500);
        var before = await fixture.Queries.ReadStoreAsync(StoreFixture.Cancel);
        (before.UnroutedBlocks, before.OldestUnroutedAt).ShouldBe((3, since));
        before.StoreBytes.ShouldBeGreaterThan(0);
        before.FreeBytes.ShouldBeGreaterThan(0);
        before.Problems.ShouldBeEmpty();

        await fixture.AddExportAsync("one", settings => settings);
        await fixture.RouteAsync();
        var after = await fixture.Queries.ReadStoreAsync(StoreFixture.Cancel);
        (after.UnroutedBlocks, after.OldestUnroutedAt).ShouldBe((0, null));
    }

    [Theory, EveryStore]
    public async Task Queues_are_listed_oldest_first(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var split = await fixture.AddExportAsync("split", settings => settings with { Url = "s3://bucket/{api_key}" }, ExportKind.S3);
        await fixture.CommitAsync(2, "test-key");
        var since = fixture.Clock.GetUtcNow();
        await fixture.RouteAsync();
        await fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        await fixture.AddExportAsync("whole", settings => settings);
        await fixture.CommitAsync(3);
        await fixture.RouteAsync();

        var queues = await fixture.Queries.ListQueuesAsync(null, 10, StoreFixture.Cancel);
        queues.Count.ShouldBe(3);
        queues[0].ShouldBe(new(split.Id, "gnss/test-key", 2, 9, since));
        (await fixture.Queries.ListQueuesAsync(split.Id, 10, StoreFixture.Cancel)).Select(queue => queue.Partition).ShouldBe(["gnss/test-key", "gnss/no_key"]);
        (await fixture.Queries.ListQueuesAsync(null, 1, StoreFixture.Cancel)).ShouldHaveSingleItem();
    }

    [Theory, EveryStore]
    public async Task The_oldest_batch_of_an_export_is_told_until_it_is_delivered(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        (await fixture.Queries.ListOldestBatchesAsync(StoreFixture.Cancel)).ShouldBeEmpty();
        var since = fixture.Clock.GetUtcNow();
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();
        await fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();
        (await fixture.Queries.ListOldestBatchesAsync(StoreFixture.Cancel)).ShouldHaveSingleItem().ShouldBe(new(export.Id, since));

        var first = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        (await fixture.Queries.ListOldestBatchesAsync(StoreFixture.Cancel)).ShouldHaveSingleItem().SealedAt.ShouldBe(since);
        await fixture.RecordAsync(first, new Outcome.Delivered());
        (await fixture.Queries.ListOldestBatchesAsync(StoreFixture.Cancel)).ShouldHaveSingleItem().SealedAt.ShouldBe(since + TimeSpan.FromMinutes(1));
        await fixture.RecordAsync((await fixture.ClaimAsync(export)).ShouldNotBeNull(), new Outcome.Delivered());
        (await fixture.Queries.ListOldestBatchesAsync(StoreFixture.Cancel)).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task The_oldest_report_of_an_export_is_told_unsealed_sealed_or_in_flight(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var first = await fixture.AddExportAsync("first", settings => settings with { BatchReports = 2 });
        var second = await fixture.AddExportAsync("second", settings => settings);
        (await AgesAsync()).ShouldBe((null, null));
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();
        (await AgesAsync()).ShouldBe((0, 0));
        await fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();
        await fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();
        (await AgesAsync()).ShouldBe((2, 2));
        var claim = (await fixture.ClaimAsync(first)).ShouldNotBeNull();
        (await AgesAsync()).ShouldBe((2, 2));
        await fixture.RecordAsync(claim, new Outcome.Delivered());
        (await AgesAsync()).ShouldBe((0, 2));

        async Task<(int? First, int? Second)> AgesAsync()
        {
            var ages = (await fixture.Queries.ReadQueueAgesAsync(StoreFixture.Cancel)).ToDictionary(age => age.ExportId, age => (int?)(fixture.Clock.GetUtcNow() - age.OldestAt).TotalMinutes);
            return (ages.GetValueOrDefault(first.Id), ages.GetValueOrDefault(second.Id));
        }
    }

    [Theory, EveryStore]
    public async Task The_books_balance_at_every_step(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 2 });
        await fixture.AddExportAsync("two", settings => settings with { SkipKeys = ["test-key"] });
        (await fixture.BooksAsync()).ShouldAllBe(book => book.Routed == 0);
        await fixture.CommitAsync(2);
        await fixture.CommitAsync(3, "test-key");
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();
        (await BookAsync(fixture, export)).ShouldBe((6, 0, 6, 0));
        var claim = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        (await BookAsync(fixture, export)).ShouldBe((6, 0, 4, 2));
        await fixture.RecordAsync(claim, new Outcome.Delivered());
        (await BookAsync(fixture, export)).ShouldBe((6, 2, 4, 0));
        await fixture.ReleaseAllAsync();
        await fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        await fixture.ReleaseAllAsync();
        (await BookAsync(fixture, export)).ShouldBe((6, 2, 4, 0));
    }

    private static async Task<(long, long, long, long)> BookAsync(StoreFixture fixture, ExportDefinition export)
    {
        var book = (await fixture.BooksAsync()).Single(book => book.ExportId == export.Id);
        return (book.Routed, book.Delivered, book.Waiting, book.InFlight);
    }
}
