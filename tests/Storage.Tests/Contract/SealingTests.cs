using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Contract;

public sealed class SealingTests
{
    [Theory, EveryStore]
    public async Task Enough_bytes_seal_a_batch(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("bytes", settings => settings with { BatchReports = 0, MaxBatchBytes = 100 });
        for (var i = 0; i < 3; i++)
            await fixture.CommitAsync(15);
        await fixture.RouteAsync();
        var batch = (await fixture.ListAsync(export)).ShouldHaveSingleItem().Batch;
        (batch.Trigger, batch.ReportCount, batch.PayloadBytes).ShouldBe((BatchTrigger.Bytes, 30, 2 * 61));
    }

    [Theory, EveryStore]
    public async Task Without_a_batch_size_only_age_seals(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("aged", settings => settings with { BatchReports = 0, MaxDelay = TimeSpan.FromMinutes(5) });
        await fixture.CommitAsync(3000);
        await fixture.RouteAsync();
        (await fixture.SealAsync()).ShouldBeEmpty();
        await fixture.AdvanceAsync(TimeSpan.FromMinutes(5));
        (await fixture.SealAsync()).ShouldBe([ExportKind.Dummy]);
        var batch = (await fixture.ListAsync(export)).ShouldHaveSingleItem().Batch;
        (batch.Trigger, batch.ReportCount, batch.SealedAt - batch.OldestAt).ShouldBe((BatchTrigger.Age, 3000, TimeSpan.FromMinutes(5)));
    }

    [Theory, EveryStore]
    public async Task A_batch_by_count_has_at_least_its_size_and_fewer_than_a_block_more(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("cut", settings => settings with { BatchReports = 1500 });
        await fixture.CommitAsync(7000);
        await fixture.RouteAsync();
        (await fixture.ListAsync(export)).Select(view => view.Batch.ReportCount).ShouldBe([2000, 2000, 2000]);
        (await fixture.BooksAsync())[0].Waiting.ShouldBe(7000);
    }

    [Theory, EveryStore]
    public async Task Ranges_follow_one_another_and_the_members_are_those_that_were_sealed(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("ranges", settings => settings with { BatchReports = 5 });
        for (var i = 1; i <= 12; i++)
        {
            await fixture.CommitAsync(i % 4 + 1);
            await fixture.RouteAsync();
        }

        var batches = (await fixture.ListAsync(export)).Reverse().Select(view => view.Batch).ToList();
        batches[0].FromSequence.ShouldBe(1);
        batches.Zip(batches.Skip(1)).ShouldAllBe(pair => pair.First.ToSequence == pair.Second.FromSequence);
        foreach (var batch in batches)
        {
            var reports = 0;
            await foreach (var packed in new BatchReader(fixture.Batches, batch).ReadBlocksAsync(StoreFixture.Cancel))
                reports += PackedReader.Split(packed).Count();
            reports.ShouldBe((int)batch.ReportCount);
        }
    }

    [Theory, EveryStore]
    public async Task What_waits_is_sealed_a_bounded_number_at_a_time_the_oldest_first(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("many", settings => settings with { Url = "s3://bucket/{api_key}", MaxDelay = TimeSpan.FromMinutes(1) }, ExportKind.S3);
        for (var i = 0; i < 5; i++)
        {
            await fixture.CommitAsync(1, $"key-{i}");
            await fixture.RouteAsync();
            await fixture.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        await fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        await fixture.SealAsync(maxBatches: 2);
        (await fixture.ListAsync(export)).Select(view => view.Batch.Partition).ShouldBe(["gnss/key-0", "gnss/key-1"], ignoreOrder: true);
        (await fixture.Queries.ListQueuesAsync(export.Id, 10, StoreFixture.Cancel)).Select(queue => queue.Partition).ShouldBe(["gnss/key-2", "gnss/key-3", "gnss/key-4"]);
        await fixture.SealAsync();
        (await fixture.ListAsync(export)).Count.ShouldBe(5);
    }

    [Theory, EveryStore]
    public async Task A_disabled_export_is_neither_routed_to_nor_sealed_and_goes_on_later(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("paused", settings => settings with { MaxDelay = TimeSpan.FromMinutes(1) });
        await fixture.AddExportAsync("other", settings => settings);
        await fixture.CommitAsync(2);
        await fixture.RouteAsync();
        await fixture.Exports.UpdateAsync(export with { IsEnabled = false }, StoreFixture.Cancel);
        await fixture.CommitAsync(3);
        await fixture.RouteAsync();
        await fixture.AdvanceAsync(TimeSpan.FromMinutes(2));
        await fixture.SealAsync();
        (await fixture.ListAsync(export)).ShouldBeEmpty();
        await fixture.Exports.UpdateAsync(export, StoreFixture.Cancel);
        await fixture.SealAsync();
        (await fixture.ListAsync(export)).ShouldHaveSingleItem().Batch.ReportCount.ShouldBe(2);
        await fixture.BooksAsync();
    }

    [Theory, EveryStore]
    public async Task The_size_of_requests_is_frozen_at_sealing_and_again_when_batches_move(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("partner", settings => settings with { BatchReports = 2, Url = "https://partner.example/" }, ExportKind.Geosubmit);
        for (var i = 0; i < 2; i++)
        {
            await fixture.CommitAsync(2);
            await fixture.RouteAsync();
        }

        await fixture.Batches.ReleaseAsync((await fixture.ClaimAsync(export)).ShouldNotBeNull(), StoreFixture.Cancel);
        foreach (var (batchReports, size) in new[] { (20_000, 10_000), (0, 1000) })
        {
            await fixture.Exports.UpdateAsync(export with { Settings = export.Settings with { BatchReports = batchReports } }, StoreFixture.Cancel);
            (await fixture.ListAsync(export)).Reverse().Last().Batch.RequestReports.ShouldBe(size == 10_000 ? 2 : 10_000);
            (await fixture.Exports.MoveWaitingAsync(export.Id, StoreFixture.Cancel)).ShouldBe((1, 1));
            (await fixture.ListAsync(export)).Reverse().Select(view => view.Batch.RequestReports).ShouldBe([2, size]);
        }
    }

    [Theory, EveryStore]
    public async Task Waiting_batches_move_to_the_new_destination_unless_they_were_attempted(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("moving", settings => settings with { BatchReports = 1, Url = "s3://old/{source}/{api_key}" }, ExportKind.S3);
        for (var i = 0; i < 3; i++)
        {
            await fixture.CommitAsync(1, "test-key");
            await fixture.RouteAsync();
        }

        await fixture.RecordAsync((await fixture.ClaimAsync(export)).ShouldNotBeNull(), new Outcome.Deferred("away", "Later.", FaultOf.Destination));
        var settings = export.Settings with { Url = "s3://new/{source}/{api_key}", Objects = export.Settings.Objects with { Compression = Delivery.Objects.ObjectCompression.None } };
        await fixture.Exports.UpdateAsync(export with { Settings = settings }, StoreFixture.Cancel);
        (await fixture.Exports.MoveWaitingAsync(export.Id, StoreFixture.Cancel)).ShouldBe((2, 1));

        var batches = (await fixture.ListAsync(export)).Reverse().Select(view => view.Batch).ToList();
        batches.Select(batch => batch.Target!.Location).ShouldBe(
        [
            $"s3://old/gnss/test-key/{batches[0].Id}.json.gz", $"s3://new/gnss/test-key/{batches[1].Id}.json", $"s3://new/gnss/test-key/{batches[2].Id}.json",
        ]);
        (await fixture.Exports.MoveWaitingAsync(Guid.NewGuid(), StoreFixture.Cancel)).ShouldBe((0, 0));
    }
}
