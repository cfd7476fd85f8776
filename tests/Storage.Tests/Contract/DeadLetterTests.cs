using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Contract;

public sealed class DeadLetterTests
{
    [Theory, EveryStore]
    public async Task Dead_letters_are_listed_newest_first_by_export_and_by_page(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var first = await fixture.AddExportAsync("first", settings => settings with { BatchReports = 1 });
        var second = await fixture.AddExportAsync("second", settings => settings with { BatchReports = 1 });
        await KillAsync(fixture, 2, first, second);
        var all = await fixture.DeadLetters.ListAsync(DeadLetterFilter.All, null, 10, StoreFixture.Cancel);
        all.Count.ShouldBe(4);
        all.Select(letter => letter.Id).ShouldBe(all.Select(letter => letter.Id).OrderDescending());
        (await fixture.DeadLetters.ListAsync(DeadLetterFilter.All, all[1].Id, 10, StoreFixture.Cancel)).ShouldBe(all.Skip(2));
        (await fixture.DeadLetters.ListAsync(new() { ExportId = first.Id }, null, 10, StoreFixture.Cancel)).ShouldBe(all.Where(letter => letter.ExportId == first.Id));
        (await fixture.DeadLetters.FindAsync(all[2].Id, StoreFixture.Cancel)).ShouldBe(all[2]);
        (await fixture.DeadLetters.FindAsync(all[0].Id + 1, StoreFixture.Cancel)).ShouldBeNull();
        all[0].CreatedAt.ShouldBe(fixture.Clock.GetUtcNow());
    }

    [Theory, EveryStore]
    public async Task Replayed_and_discarded_letters_are_over_and_unknown_ones_change_nothing(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        await KillAsync(fixture, 3, export);
        var ids = (await fixture.DeadLetters.ListAsync(DeadLetterFilter.All, null, 10, StoreFixture.Cancel)).Select(letter => letter.Id).ToList();
        (await fixture.DeadLetters.ReplayAsync(new() { Ids = [ids[0], ids[0], 999_999] }, 10, StoreFixture.Cancel)).ShouldBe(new(1, 2));
        (await fixture.DeadLetters.DiscardAsync(new() { Ids = [ids[0], ids[1]] }, 10, StoreFixture.Cancel)).ShouldBe(new(1, 2));
        (await fixture.DeadLetters.ReplayAsync(new() { Ids = [ids[0], ids[1]] }, 10, StoreFixture.Cancel)).ShouldBe(default);

        var book = (await fixture.BooksAsync()).Single();
        (book.Waiting, book.Dead, book.Discarded).ShouldBe((2, 2, 2));
        (await fixture.DeliverAllAsync(export)).ShouldBe(1);
        await fixture.DeadLetters.DiscardAsync(new() { Ids = ids }, 10, StoreFixture.Cancel);
        await fixture.ReleaseAllAsync();
        (await fixture.CountAsync("block"), await fixture.CountAsync("membership")).ShouldBe((0, 0));
        await fixture.BooksAsync();
    }

    private static async Task KillAsync(StoreFixture fixture, int batches, params ExportDefinition[] exports)
    {
        for (var i = 0; i < batches; i++)
        {
            await fixture.CommitAsync(2);
            await fixture.RouteAsync();
            foreach (var export in exports)
                await fixture.RecordAsync((await fixture.ClaimAsync(export)).ShouldNotBeNull(), new Outcome.Rejected("odd", "Odd."));
        }
    }
}
