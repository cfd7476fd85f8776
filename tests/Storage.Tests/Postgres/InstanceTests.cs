using System.Collections.Concurrent;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Postgres;

/// <summary>Several processes of each service over one database.</summary>
public sealed class InstanceTests
{
    private static CancellationToken Cancel => StoreFixture.Cancel;

    [Fact]
    public async Task S3_several_routers_give_each_block_one_place_without_gap_or_double()
    {
        await using var first = await PostgresFixture.OpenAsync();
        var plain = await first.AddExportAsync("plain", settings => settings with { BatchReports = 20 });
        var split = await first.AddExportAsync("split", settings => settings with { BatchReports = 15, Url = "s3://bucket/{api_key}" }, ExportKind.S3);
        var routers = Enumerable.Range(0, 4).Select(_ => first.Another()).ToList();
        var isOver = false;
        var routing = routers.Select(router => Task.Run(
            async () =>
            {
                while (await router.RouteAsync() > 0 || !isOver)
                    await router.SealAsync();
            },
            Cancel)).ToList();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(ingest => Task.Run(
            async () =>
            {
                for (var i = 0; i < 60; i++)
                    await first.CommitAsync(i % 5 + 1, i % 3 == 0 ? null : $"key-{i % 3}");
            },
            Cancel)));
        isOver = true;
        await Task.WhenAll(routing);
        while (await first.RouteAsync() > 0)
        {
        }

        (await first.ScalarAsync<long>("select count(*) from exporter.block where not is_routed")).ShouldBe(0);
        (await first.ScalarAsync<long>("select count(*) from (select block_id from exporter.membership group by block_id having count(*) <> 2) as wrong")).ShouldBe(0);
        (await first.ScalarAsync<long>(
            """
            select count(*) from exporter.partition p
            where (select count(*) from exporter.membership where partition = p.number) <> p.next_sequence - 1
              or (select max(sequence) from exporter.membership where partition = p.number) <> p.next_sequence - 1
            """)).ShouldBe(0);
        foreach (var partition in (await ListAsync(first, plain, split)).GroupBy(batch => (batch.ExportId, batch.Partition)))
        {
            var next = 1L;
            foreach (var batch in partition.OrderBy(batch => batch.FromSequence))
            {
                batch.FromSequence.ShouldBe(next);
                next = batch.ToSequence;
            }
        }

        (await first.BooksAsync()).Select(book => book.Routed).ShouldBe([3 * 180, 3 * 180]);
        foreach (var router in routers)
            await router.DisposeAsync();
    }

    [Fact]
    public async Task S3_two_sealers_never_seal_one_range()
    {
        await using var first = await PostgresFixture.OpenAsync();
        await using var second = first.Another();
        var export = await first.AddExportAsync("split", settings => settings with { Url = "s3://bucket/{api_key}", MaxDelay = TimeSpan.FromMinutes(1) }, ExportKind.S3);
        for (var i = 0; i < 40; i++)
            await first.CommitAsync(1, $"key-{i}");
        await first.RouteAsync();
        await first.AdvanceAsync(TimeSpan.FromMinutes(2));
        await Task.WhenAll(first.SealAsync(), second.SealAsync(), first.SealAsync(), second.SealAsync());
        await first.SealAsync();
        (await first.ListAsync(export)).Select(view => view.Batch.Partition).Distinct().Count().ShouldBe(40);
        (await first.CountAsync("batch")).ShouldBe(40);
        (await first.BooksAsync())[0].Waiting.ShouldBe(40);
    }

    [Fact]
    public async Task C1_several_exporters_deliver_each_batch_once_and_hold_to_the_bound_together()
    {
        await using var first = await PostgresFixture.OpenAsync();
        var export = await first.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        for (var i = 0; i < 100; i++)
            await first.CommitAsync(1, $"key-{i}");
        await first.RouteAsync();

        var delivered = new ConcurrentBag<Guid>();
        var exporters = Enumerable.Range(0, 4).Select(_ => first.Another()).ToList();
        var running = 0;
        var most = 0;
        await Task.WhenAll(exporters.Select(exporter => Task.Run(
            async () =>
            {
                while (delivered.Count < 100)
                {
                    if (await exporter.ClaimAsync(export, maxInFlight: 3) is not { } claim)
                        continue;

                    var now = Interlocked.Increment(ref running);
                    InterlockedMax(ref most, now);
                    delivered.Add(claim.Batch.Id);
                    Interlocked.Decrement(ref running);
                    (await exporter.RecordAsync(claim, new Outcome.Delivered())).ShouldBeTrue();
                }
            },
            Cancel)));
        delivered.Distinct().Count().ShouldBe(100);
        delivered.Count.ShouldBe(100);
        most.ShouldBeLessThanOrEqualTo(3);
        (await first.BooksAsync())[0].Delivered.ShouldBe(100);
        foreach (var exporter in exporters)
            await exporter.DisposeAsync();
    }

    [Fact]
    public async Task C1_a_worker_that_was_away_past_its_lease_is_fenced_by_the_one_that_took_over()
    {
        await using var first = await PostgresFixture.OpenAsync();
        await using var second = first.Another();
        var export = await first.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        await first.CommitAsync(3);
        await first.RouteAsync();
        var away = (await first.ClaimAsync(export)).ShouldNotBeNull();
        (await second.ClaimAsync(export)).ShouldBeNull();
        await first.AdvanceAsync(TimeSpan.FromMinutes(3));
        second.Clock.Advance(TimeSpan.FromMinutes(3));
        var taken = (await second.ClaimAsync(export)).ShouldNotBeNull();
        (await second.RecordAsync(taken, new Outcome.Delivered())).ShouldBeTrue();
        (await first.RecordAsync(away, new Outcome.Rejected("late", "Late."))).ShouldBeFalse();
        (await first.BooksAsync())[0].Delivered.ShouldBe(3);
    }

    [Fact]
    public async Task C4_exporters_that_finish_the_last_memberships_at_once_leave_no_block_behind()
    {
        await using var first = await PostgresFixture.OpenAsync();
        var exports = new List<ExportDefinition>();
        for (var i = 0; i < 4; i++)
            exports.Add(await first.AddExportAsync($"export-{i}", settings => settings with { BatchReports = 10 }));
        for (var i = 0; i < 50; i++)
            await first.CommitAsync(2, $"key-{i}");
        await first.RouteAsync();
        foreach (var export in exports)
            (await first.DeliverAllAsync(export)).ShouldBe(10);

        var routers = Enumerable.Range(0, 4).Select(_ => first.Another()).ToList();
        await Task.WhenAll(routers.Select(router => Task.Run(
            async () =>
            {
                while (await router.Routing.ReleaseAsync(7, Cancel) > 0)
                {
                }
            },
            Cancel)));
        await first.ReleaseAllAsync();
        (await first.CountAsync("block"), await first.CountAsync("membership"), await first.CountPayloadsAsync()).ShouldBe((0, 0, 0));
        foreach (var router in routers)
            await router.DisposeAsync();
    }

    [Fact]
    public async Task C4_two_overlapping_transactions_count_a_block_down_one_after_the_other()
    {
        await using var first = await PostgresFixture.OpenAsync();
        var one = await first.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        var two = await first.AddExportAsync("two", settings => settings with { BatchReports = 1 });
        await first.CommitAsync(1);
        await first.RouteAsync();
        await first.DeliverAllAsync(one);
        await first.DeliverAllAsync(two);

        await using var slow = await first.Store.OpenAsync(Cancel);
        await slow.BeginAsync(Cancel);
        await using (var pipeline = slow.Pipeline())
            await PostgresRelease.ForgetAsync(slow, pipeline, [await first.ScalarAsync<Guid>("select id from exporter.block")], Cancel);
        await slow.ExecuteAsync("delete from exporter.membership where partition = (select min(number) from exporter.partition)", Cancel);
        await slow.ExecuteAsync("update exporter.batch set released_to = to_sequence where partition = (select min(number) from exporter.partition)", Cancel);
        var other = first.ReleaseAllAsync();
        (await first.ScalarAsync<int>("select remaining from exporter.block")).ShouldBe(2);
        await slow.CommitAsync(Cancel);
        await other;
        (await first.CountAsync("block"), await first.CountAsync("membership")).ShouldBe((0, 0));
    }

    [Fact]
    public async Task S1_exports_change_while_routers_never_pause()
    {
        await using var first = await PostgresFixture.OpenAsync();
        await first.AddExportAsync("there", settings => settings);
        var routers = Enumerable.Range(0, 3).Select(_ => first.Another()).ToList();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var routing = routers.Select(router => Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                    await router.RouteAsync();
            },
            Cancel)).ToList();
        for (var i = 0; i < 10; i++)
        {
            await first.CommitAsync(1);
            await first.AddExportAsync($"added-{i}", settings => settings);
        }

        await stop.CancelAsync();
        await Task.WhenAll(routing);
        (await first.Exports.LoadAsync(Cancel)).Revision.ShouldBe(11);
        foreach (var router in routers)
            await router.DisposeAsync();
    }

    [Fact]
    public async Task S6_leases_and_ages_are_of_the_servers_clock_whatever_a_process_believes()
    {
        await using var first = await PostgresFixture.OpenAsync();
        await using var ahead = first.Another();
        ahead.Clock.Step(TimeSpan.FromDays(400));
        var export = await first.AddExportAsync("one", settings => settings with { MaxDelay = TimeSpan.FromMinutes(1) });
        await ahead.CommitAsync(1);
        await ahead.RouteAsync();
        (await ahead.SealAsync()).ShouldBeEmpty();
        await first.AdvanceAsync(TimeSpan.FromMinutes(1));
        await ahead.SealAsync();
        var claim = (await ahead.ClaimAsync(export)).ShouldNotBeNull();
        (claim.Batch.OldestAt, claim.Batch.SealedAt, claim.LeaseUntil).ShouldBe((
            first.Clock.GetUtcNow() - TimeSpan.FromMinutes(1), first.Clock.GetUtcNow(), first.Clock.GetUtcNow() + TimeSpan.FromMinutes(2)));
    }

    private static async Task<List<Batch>> ListAsync(StoreFixture fixture, params ExportDefinition[] exports)
    {
        var batches = new List<Batch>();
        foreach (var export in exports)
            batches.AddRange((await fixture.ListAsync(export)).Select(view => view.Batch));
        return batches;
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, seen);
    }
}
