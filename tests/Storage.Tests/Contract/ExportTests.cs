using System.Text.Json;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Exporter.Delivery.Objects;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Contract;

public sealed class ExportTests
{
    [Theory, EveryStore]
    public async Task An_export_comes_back_as_it_was_saved(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var saved = await fixture.AddExportAsync(
            "whole",
            _ => new()
            {
                Url = "s3://bucket/{source}",
                BatchReports = 7,
                MaxDelay = TimeSpan.FromSeconds(90.5),
                MaxBatchBytes = 12_345_678_901,
                SkipKeys = ["key-one", "key-two"],
                SkipSources = ["fused"],
                Concurrency = 5,
                MaxAttempts = 9,
                MaxAge = TimeSpan.FromDays(3),
                FirstBackOff = TimeSpan.FromSeconds(2),
                LongestBackOff = TimeSpan.FromMinutes(4),
                AuthoritySecret = "partner-ca",
                RetainDelivered = TimeSpan.FromDays(2),
                FullPolicy = FullPolicy.RefuseIngest,
                MaxWaitingReports = 1_000_000_000_000,
                Objects = new() { Format = ObjectFormat.Ndjson, CompressionLevel = GzipLevel.Optimal, Endpoint = "http://127.0.0.1", ValueByTag = new Dictionary<string, string> { ["Team"] = "maps & \"roads\"" } },
            },
            ExportKind.S3);

        var read = (await fixture.Exports.LoadAsync(StoreFixture.Cancel)).Find("whole").ShouldNotBeNull();
        read.ShouldBeEquivalentTo(saved with { Settings = read.Settings, Revision = 1 });
        JsonSerializer.Serialize(read.Settings).ShouldBe(JsonSerializer.Serialize(saved.Settings));
    }

    [Theory, EveryStore]
    public async Task Every_change_raises_the_revision_and_stands_in_the_export(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        (await fixture.Exports.ReadRevisionAsync(StoreFixture.Cancel)).ShouldBe(0);
        var first = await fixture.AddExportAsync("first", settings => settings);
        var second = await fixture.AddExportAsync("second", settings => settings);
        await fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await fixture.Exports.UpdateAsync(first with { Name = "renamed", IsEnabled = false, IsPaused = true }, StoreFixture.Cancel)).ShouldBe(SaveResult.Saved);
        await fixture.Exports.RecordCheckAsync(second.Id, ConditionalPut.PutOnly, StoreFixture.Cancel);

        var snapshot = await fixture.Exports.LoadAsync(StoreFixture.Cancel);
        snapshot.Revision.ShouldBe(await fixture.Exports.ReadRevisionAsync(StoreFixture.Cancel));
        snapshot.Revision.ShouldBe(4);
        var renamed = snapshot.ById[first.Id];
        (renamed.Name, renamed.IsEnabled, renamed.IsPaused, renamed.Revision, renamed.UpdatedAt - renamed.CreatedAt).ShouldBe(("renamed", false, true, 3, TimeSpan.FromMinutes(1)));
        (snapshot.ById[second.Id].ConditionalPut, snapshot.ById[second.Id].Revision).ShouldBe((ConditionalPut.PutOnly, 4));
        snapshot.Enabled.ShouldHaveSingleItem().Id.ShouldBe(second.Id);
    }

    [Theory, EveryStore]
    public async Task A_name_belongs_to_one_export_and_an_unknown_one_is_not_found(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var first = await fixture.AddExportAsync("first", settings => settings);
        var second = await fixture.AddExportAsync("second", settings => settings);
        (await fixture.Exports.UpdateAsync(second with { Name = "first" }, StoreFixture.Cancel)).ShouldBe(SaveResult.NameTaken);
        (await fixture.Exports.UpdateAsync(first with { Id = Guid.NewGuid(), Name = "third" }, StoreFixture.Cancel)).ShouldBe(SaveResult.NotFound);
        (await fixture.Exports.DeleteAsync(Guid.NewGuid(), 0, StoreFixture.Cancel)).ShouldBeNull();
        (await fixture.Exports.LoadAsync(StoreFixture.Cancel)).ById.Values.Select(export => export.Name).ShouldBe(["first", "second"], ignoreOrder: true);
    }

    [Theory, EveryStore]
    public async Task A_second_internal_export_is_refused(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("internal", settings => settings, ExportKind.Internal);
        (await fixture.Exports.CreateAsync(export with { Id = Guid.NewGuid(), Name = "second" }, StoreFixture.Cancel)).ShouldBe(SaveResult.SecondInternal);
        (await fixture.Exports.CreateAsync(export with { Id = Guid.NewGuid(), Kind = ExportKind.Dummy }, StoreFixture.Cancel)).ShouldBe(SaveResult.NameTaken);
    }

    [Theory, EveryStore]
    public async Task A_deleted_export_takes_its_books_letters_and_claims_with_it(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("going", settings => settings with { BatchReports = 1 });
        var staying = await fixture.AddExportAsync("staying", settings => settings with { BatchReports = 1 });
        for (var i = 0; i < 3; i++)
        {
            await fixture.CommitAsync(2);
            await fixture.RouteAsync();
        }

        await fixture.RecordAsync((await fixture.ClaimAsync(export)).ShouldNotBeNull(), new Delivery.Batches.Outcome.Rejected("odd", "Odd."));
        var claim = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        (await fixture.Exports.DeleteAsync(export.Id, 6, StoreFixture.Cancel)).ShouldBe(6);

        (await fixture.RecordAsync(claim, new Delivery.Batches.Outcome.Delivered())).ShouldBeFalse();
        (await fixture.ClaimAsync(export)).ShouldBeNull();
        (await fixture.DeadLetters.ListAsync(DeadLetterFilter.All, null, 10, StoreFixture.Cancel)).ShouldBeEmpty();
        (await fixture.BooksAsync()).ShouldHaveSingleItem().Waiting.ShouldBe(6);
        (await fixture.DeliverAllAsync(staying)).ShouldBe(3);
        await fixture.ReleaseAllAsync();
        (await fixture.CountAsync("block"), await fixture.CountPayloadsAsync()).ShouldBe((0, 0));
    }
}
