using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Contract;

public sealed class ReleaseTests
{
    [Theory, EveryStore]
    public async Task A_block_goes_with_the_last_export_that_needs_it(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var first = await fixture.AddExportAsync("first", settings => settings with { BatchReports = 1 });
        var second = await fixture.AddExportAsync("second", settings => settings with { BatchReports = 1 });
        await fixture.CommitAsync(2000);
        await fixture.RouteAsync();

        await fixture.DeliverAllAsync(first);
        await fixture.ReleaseAllAsync();
        (await fixture.CountPayloadsAsync()).ShouldBe(2);
        await fixture.DeliverAllAsync(second);
        await fixture.ReleaseAllAsync();
        (await fixture.CountPayloadsAsync(), await fixture.CountAsync("block"), await fixture.CountAsync("membership")).ShouldBe((0, 0, 0));
    }

    [Theory, EveryStore]
    public async Task A_block_that_stays_without_any_need_is_found_and_no_other(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("only", settings => settings with { BatchReports = 2 });
        await fixture.CommitAsync(2);
        await fixture.RouteAsync();
        await fixture.MiscountAsync();
        await fixture.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();
        await fixture.CommitAsync(1);
        (await FindAsync()).ShouldBeEmpty();

        await fixture.DeliverAllAsync(export);
        await fixture.ReleaseAllAsync();
        (await fixture.CountAsync("block"), await fixture.CountAsync("membership")).ShouldBe((3, 1));
        var orphan = (await FindAsync()).ShouldHaveSingleItem();

        await fixture.RouteAsync();
        await fixture.DeliverAllAsync(export);
        await fixture.ReleaseAllAsync();
        (await FindAsync()).ShouldBe([orphan]);
        (await fixture.CountAsync("block"), await fixture.CountAsync("membership")).ShouldBe((1, 0));

        Task<IReadOnlyList<Guid>> FindAsync() => fixture.Queries.FindOrphansAsync(1000, StoreFixture.Cancel);
    }

    [Theory, EveryStore]
    public async Task Delivered_blocks_are_kept_as_long_as_the_export_says(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("kept", settings => settings with { BatchReports = 1 });
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();
        await fixture.RecordAsync((await fixture.ClaimAsync(export)).ShouldNotBeNull(), new Outcome.Delivered(), retain: TimeSpan.FromHours(1));
        await fixture.ReleaseAllAsync();
        (await fixture.CountPayloadsAsync()).ShouldBe(1);
        await fixture.AdvanceAsync(TimeSpan.FromHours(1));
        await fixture.ReleaseAllAsync();
        (await fixture.CountPayloadsAsync()).ShouldBe(0);
    }

    [Theory, EveryStore]
    public async Task A_dead_letter_keeps_its_reports_until_it_is_replayed_or_discarded(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("dead", settings => settings with { BatchReports = 1 });
        await fixture.CommitAsync(3);
        await fixture.RouteAsync();
        await fixture.RecordAsync((await fixture.ClaimAsync(export)).ShouldNotBeNull(), new Outcome.Rejected("too_large", "Too large."));
        await fixture.ReleaseAllAsync();
        (await fixture.BooksAsync())[0].Dead.ShouldBe(3);

        var letter = (await fixture.DeadLetters.ListAsync(DeadLetterFilter.All, null, 10, StoreFixture.Cancel)).ShouldHaveSingleItem();
        (letter.ErrorType, letter.FromReport, letter.ToReport).ShouldBe(("too_large", 0, 3));
        (await fixture.DeadLetters.ReadReportsAsync(letter, 2, StoreFixture.Cancel)).Select(report => report.ToArray()).ShouldBe([[1, 2, 3], [1, 2, 3]]);

        (await fixture.DeadLetters.ReplayAsync(new() { Ids = [letter.Id] }, 10, StoreFixture.Cancel)).ShouldBe(new(1, 3));
        var again = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        again.Batch.Id.ShouldBe(letter.BatchId);
        await fixture.RecordAsync(again, new Outcome.Rejected("too_large", "Too large."));

        var second = (await fixture.DeadLetters.ListAsync(DeadLetterFilter.All, null, 10, StoreFixture.Cancel)).ShouldHaveSingleItem();
        (await fixture.DeadLetters.DiscardAsync(new() { Ids = [second.Id] }, 10, StoreFixture.Cancel)).ShouldBe(new(1, 3));
        (await fixture.BooksAsync())[0].Discarded.ShouldBe(3);
        await fixture.ReleaseAllAsync();
        (await fixture.CountPayloadsAsync()).ShouldBe(0);
    }

    [Theory, EveryStore]
    public async Task An_export_is_deleted_only_with_the_exact_number_that_it_holds(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("going", settings => settings with { BatchReports = 5 });
        await fixture.CommitAsync(5);
        await fixture.RouteAsync();
        await fixture.CommitAsync(2);
        await fixture.RouteAsync();
        (await fixture.Exports.DeleteAsync(export.Id, 0, StoreFixture.Cancel)).ShouldBe(7);
        (await fixture.Exports.LoadAsync(StoreFixture.Cancel)).ById.Count.ShouldBe(1);
        (await fixture.Exports.DeleteAsync(export.Id, 7, StoreFixture.Cancel)).ShouldBe(7);
        await fixture.ReleaseAllAsync();
        (await fixture.CountPayloadsAsync(), await fixture.CountAsync("export")).ShouldBe((0, 0));
    }

    [Theory, EveryStore]
    public async Task New_skip_rules_count_what_waits_and_take_it_out_when_told(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("skipping", settings => settings);
        await fixture.CommitAsync(2, "test-key");
        await fixture.CommitAsync(3);
        await fixture.RouteAsync();
        (await fixture.Exports.CountUnsealedAsync(export.Id, ["test-key"], [], StoreFixture.Cancel)).ShouldBe(2);
        (await fixture.Exports.DiscardUnsealedAsync(export.Id, ["test-key"], [], StoreFixture.Cancel)).ShouldBe(2);
        var books = (await fixture.BooksAsync())[0];
        (books.Waiting, books.Discarded).ShouldBe((3, 2));
        (await fixture.CountAsync("block")).ShouldBe(1);
    }

    [Theory, EveryStore]
    public async Task A_full_export_refuses_at_ingest_or_discards_its_oldest_as_it_was_told(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync(
            "limited", settings => settings with { FullPolicy = FullPolicy.RefuseIngest, MaxWaitingReports = 4, BatchReports = 3 });
        await fixture.CommitAsync(3);
        await fixture.CommitAsync(3);
        await fixture.RouteAsync();
        await fixture.SealAsync();
        fixture.Blocks.Refusal.ShouldNotBeNull().Detail.ShouldBe("Export 'limited' holds 6 reports, its limit is 4, and it is configured to refuse more.");

        await fixture.Exports.UpdateAsync(export with { Settings = export.Settings with { FullPolicy = FullPolicy.DiscardOldest } }, StoreFixture.Cancel);
        await fixture.SealAsync();
        fixture.Blocks.Refusal.ShouldBeNull();
        var books = (await fixture.BooksAsync())[0];
        (books.Waiting, books.Discarded).ShouldBe((3, 3));
    }

    [Theory, EveryStore]
    public async Task A_member_that_is_not_the_one_sealed_is_noticed(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("checked", settings => settings with { BatchReports = 1 });
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();
        var claim = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        await fixture.DamageAsync();
        await Should.ThrowAsync<InvalidDataException>(async () =>
        {
            await foreach (var _ in new BatchReader(fixture.Batches, claim.Batch).ReadBlocksAsync(StoreFixture.Cancel))
            {
            }
        });
    }

    [Theory, EveryStore]
    public async Task A_release_is_bounded_and_goes_on_where_it_left_off(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 5000 });
        for (var i = 0; i < 3; i++)
            await fixture.CommitAsync(5000);
        await fixture.RouteAsync();
        await fixture.DeliverAllAsync(export);
        (await fixture.CountAsync("membership")).ShouldBe(15);
        (await fixture.Routing.ReleaseAsync(4, StoreFixture.Cancel)).ShouldBe(4);
        (await fixture.CountAsync("membership"), await fixture.CountAsync("block")).ShouldBe((11, 11));
        await fixture.ReleaseAllAsync();
        (await fixture.CountAsync("membership"), await fixture.CountPayloadsAsync()).ShouldBe((0, 0));
    }

    [Theory, EveryStore]
    public async Task A_full_export_gives_up_what_waits_unsealed_when_nothing_is_sealed(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        await fixture.AddExportAsync("limited", settings => settings with { FullPolicy = FullPolicy.DiscardOldest, MaxWaitingReports = 4 });
        await fixture.CommitAsync(9);
        await fixture.RouteAsync();
        await fixture.SealAsync();
        var books = (await fixture.BooksAsync())[0];
        (books.Waiting, books.Discarded).ShouldBe((0, 9));
        await fixture.ReleaseAllAsync();
        (await fixture.CountPayloadsAsync()).ShouldBe(0);
    }
}
