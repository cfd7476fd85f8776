using System.Globalization;
using System.Text;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Sending;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Postgres;

/// <summary>
/// No statement costs more for a longer queue. <c>EXPORTER_PLAN_BLOCKS=1000000</c> runs it with a million blocks queued, and
/// <c>EXPORTER_PLAN_PAGE=$PWD/docs/postgresql-plans.md</c> writes the page.
/// </summary>
public sealed class PlanTests
{
    private static readonly int Blocks = int.Parse(Environment.GetEnvironmentVariable("EXPORTER_PLAN_BLOCKS") ?? "20000", CultureInfo.InvariantCulture);
    private static readonly string[] Large = ["block", "batch", "membership", "partition", "book_entry"];

    private static CancellationToken Cancel => StoreFixture.Cancel;

    [Fact]
    public async Task The_queues_statements_go_by_index_whatever_the_statistics_say()
    {
        await using var fixture = await PostgresFixture.OpenAsync();
        var export = await fixture.AddExportAsync("deep", settings => settings with { Url = "s3://bucket/{api_key}" }, ExportKind.S3);

        // The statistics are of empty tables, as they are when a queue fills up faster than they are taken.
        await fixture.ExecuteAsync("vacuum analyze");
        foreach (var table in Large)
            await fixture.ExecuteAsync($"alter table exporter.{table} set (autovacuum_enabled = off)");
        await Backlog.MakeAsync(fixture, export, Blocks);
        await CheckAsync(fixture, export);

        await fixture.ExecuteAsync("vacuum analyze");
        var plans = await CheckAsync(fixture, export);
        if (Environment.GetEnvironmentVariable("EXPORTER_PLAN_PAGE") is { } path)
            await File.WriteAllTextAsync(path, Page(plans), Cancel);

        // A few pages a partition, whatever waits in it; the memberships are read through only where something was found.
        var orphans = await Plan.OfAsync(fixture, PostgresOrphans.Orphans, 1000);
        orphans.Text.ShouldMatch(@"Seq Scan on membership membership_1 .*\(never executed\)");
        orphans.Pages.ShouldBeLessThan(5 * await fixture.CountAsync("partition"), orphans.Text);
    }

    private static async Task<List<(string Name, int Bound, Plan Plan)>> CheckAsync(PostgresFixture fixture, ExportDefinition export)
    {
        var batch = (await fixture.ListAsync(export, BatchState.Sealed))[0].Batch;
        var block = await fixture.ScalarAsync<Guid>("select id from exporter.block where is_routed limit 1");
        var plans = new List<(string, int, Plan)>
        {
            ("Claim the next batch", 500, await Plan.OfAsync(fixture, PostgresClaims.Claim, export.Id, 0L, DateTimeOffset.UnixEpoch, true, 64L, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1))),
            ("Claim a probe further back", 500, await Plan.OfAsync(fixture, PostgresClaims.Probe, export.Id, 0L, DateTimeOffset.UnixEpoch, true, 64L, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1), (long)Circuit.FurthestBack)),
            ("When the next is due", 200, await Plan.OfAsync(fixture, PostgresBatchStore.NextDue, export.Id, 0L, DateTimeOffset.UnixEpoch)),
            ("Take 128 blocks to route", 1000, await Plan.OfAsync(fixture, PostgresRoutingStore.TakeUnrouted, 0L, 128)),
            ("Find partitions that are ripe by age", 300, await Plan.OfAsync(fixture, PostgresRipeness.FindOld, export.Id, TimeSpan.FromMinutes(5), 32)),
            ("Take ended batches to release", 500, await Plan.OfAsync(fixture, PostgresRelease.TakeEnded)),
            ("Read members to release", 100, await Plan.OfAsync(fixture, PostgresRelease.Members, await fixture.ScalarAsync<long>("select min(partition) from exporter.membership"), 1L, 100L, 32)),
            ("Count blocks down", 100, await Plan.OfAsync(fixture, PostgresRelease.CountDown, new[] { block }, new[] { 1 })),
            ("Delete blocks", 100, await Plan.OfAsync(fixture, PostgresRelease.DeleteBlocks, new[] { block }, new[] { 1 })),
            ("Read a batch's members", 500, await Plan.OfAsync(fixture, PostgresMembers.OfBatch, batch.Id, batch.FromSequence, batch.ToSequence, 256)),
            ("Find each export's oldest batch", 100, await Plan.OfAsync(fixture, PostgresQueries.OldestBatches)),
            ("Since when each export's oldest report waits", 100, await Plan.OfAsync(fixture, PostgresQueries.Ages)),
            ("Record a delivery", 100, await Plan.OfAsync(fixture, PostgresOutcomes.Deliver, batch.Id, 1, TimeSpan.Zero, PostgresValue.Bigint(null), PostgresValue.Text(null), PostgresValue.Text(null))),
        };
        foreach (var (name, bound, plan) in plans)
        {
            foreach (var table in Large)
                plan.Text.ShouldNotContain($"Seq Scan on {table} ", customMessage: name);
            plan.Pages.ShouldBeLessThan(bound, $"{name}\n{plan.Text}");
        }

        return plans;
    }

    private static string Page(List<(string Name, int Bound, Plan Plan)> plans)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # PostgreSQL: plans with {Blocks} blocks waiting for routing, and as many in {Blocks / 10} batches

            Written by `EXPORTER_PLAN_BLOCKS={Blocks} EXPORTER_PLAN_PAGE=$PWD/docs/postgresql-plans.md tests/Storage.Tests/bin/Debug/net10.0/Exporter.Storage.Tests --filter-class '*PlanTests'`,
            which holds each statement to the pages named here, at any size, and before the tables were analyzed too. Every statement is undone.

            """);
        foreach (var (name, bound, plan) in plans)
            page.Append(CultureInfo.InvariantCulture, $"\n## {name}: {plan.Pages} pages, at most {bound}\n\n```\n{plan.Text}\n```\n");
        return page.ToString();
    }
}
