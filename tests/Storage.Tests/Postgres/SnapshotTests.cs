using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Postgres;

public sealed class SnapshotTests
{
    private const int BatchesInFiveMinutes = 9000;
    private const int Rounds = 10;

    private static CancellationToken Cancel => StoreFixture.Cancel;

    [Fact]
    public async Task S6_C1_beside_a_snapshot_that_stays_open_the_next_claim_costs_no_more_after_five_minutes_than_at_first()
    {
        await using var fixture = await PostgresFixture.OpenAsync();
        var export = await fixture.AddExportAsync("busy", settings => settings);
        await Backlog.MakeAsync(fixture, export, 20 * BatchesInFiveMinutes);
        await fixture.ExecuteAsync("vacuum analyze");
        await using var old = await fixture.Store.OpenAsync(Cancel);
        await old.ExecuteAsync("begin isolation level repeatable read", Cancel);
        await old.ScalarAsync<long>("select count(*) from exporter.revision", Cancel);

        var pages = new List<long> { await ClaimAsync(fixture, export) };
        for (var round = 0; round < Rounds; round++)
        {
            await fixture.AdvanceAsync(TimeSpan.FromMinutes(5) / Rounds);
            await DeliverManyAsync(fixture, export, BatchesInFiveMinutes / Rounds);
            await DeliverAsync(fixture, export);
            pages.Add(await ClaimAsync(fixture, export));
        }

        var whole = await Plan.OfAsync(fixture, PostgresClaims.Claim, export.Id, 0L, DateTimeOffset.UnixEpoch, true, 64L, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1));
        pages.Max().ShouldBeLessThan(2 * pages[0] + 400, $"{string.Join(", ", pages)}; from the very first: {whole.Pages}");
        whole.Pages.ShouldBeGreaterThan(4 * pages.Max(), "The snapshot must have kept the dead rows, or this shows nothing.");
    }

    /// <summary>What others do meanwhile: claims and deliveries of many batches, each version of a row kept for the snapshot.</summary>
    private static async Task DeliverManyAsync(PostgresFixture fixture, ExportDefinition export, int batches)
    {
        foreach (var (from, to, lease) in new[] { (1, 2, "exporter.clock() + interval '2 minutes'"), (2, 3, "null") })
            await fixture.ExecuteAsync(
                $"""
                with few as (select id from exporter.batch where export_id = '{export.Id}' and state = {from} order by number limit {batches})
                update exporter.batch b set state = {to}, attempt = 1, lease_until = {lease}, ended_at = exporter.clock(), release_at = exporter.clock() + interval '1 day'
                from few where b.id = few.id
                """);
    }

    private static async Task DeliverAsync(PostgresFixture fixture, ExportDefinition export)
    {
        var claim = (await fixture.ClaimAsync(export, maxInFlight: 64)).ShouldNotBeNull();
        (await fixture.RecordAsync(claim, new Outcome.Delivered(), retain: TimeSpan.FromDays(1))).ShouldBeTrue();
    }

    /// <summary>Pages that the next claim of this process looks at, from where its last one ended.</summary>
    private static async Task<long> ClaimAsync(PostgresFixture fixture, ExportDefinition export)
    {
        await DeliverAsync(fixture, export);
        await DeliverAsync(fixture, export);
        var (from, leases) = fixture.Store.Hints.Claims(export.Id).Peek();
        return (await Plan.OfAsync(fixture, PostgresClaims.Claim, export.Id, from, leases, false, 64L, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1))).Pages;
    }
}
