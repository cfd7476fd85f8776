using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Contract;

/// <summary>Circuits stand in the store (rule C2).</summary>
public sealed class CircuitTests
{
    private static readonly Outcome.Deferred Away = new("away", "Check it.", FaultOf.Destination);
    private static readonly Outcome.Deferred Denied = new("denied", "Give it a key.", FaultOf.SetUp);

    private static CancellationToken Cancel => StoreFixture.Cancel;

    [Theory, EveryStore]
    public async Task Faults_put_their_batches_back_until_so_many_open_the_circuit_and_a_delivery_closes_it(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await AddAsync(fixture, 4);
        var since = fixture.Clock.GetUtcNow();
        var hour = TimeSpan.FromHours(1);
        var claims = await ClaimAllAsync(fixture, export, 3);
        (await fixture.EndAsync(claims[0], Away, hour)).ShouldBe(new(1, CircuitChange.None));
        (await fixture.EndAsync(claims[1], Away, hour)).ShouldBe(new(2, CircuitChange.None));
        (await fixture.Queries.ReadCircuitsAsync(Cancel)).ShouldBe([new(export.Id, false, 2, since, since, "away", "Check it.")]);
        (await fixture.EndAsync(claims[2], Away, hour)).ShouldBe(new(3, CircuitChange.Opened));
        (await fixture.Queries.ReadCircuitsAsync(Cancel)).ShouldBe([new(export.Id, true, 3, since, since + TimeSpan.FromSeconds(4), "away", "Check it.")]);

        (await fixture.ClaimAsync(export)).ShouldBeNull();
        (await fixture.Batches.NextDueInAsync(export.Id, Cancel)).ShouldBe(TimeSpan.FromSeconds(4));
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(4));
        var probe = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        probe.Batch.ReportCount.ShouldBe(3);
        (await fixture.ClaimAsync(export)).ShouldBeNull();
        (await fixture.EndAsync(probe, new Outcome.Delivered())).ShouldBe(new(3, CircuitChange.Closed));
        (await fixture.Queries.ReadCircuitsAsync(Cancel)).ShouldBeEmpty();
        (await fixture.ClaimAsync(export)).ShouldNotBeNull().Batch.ReportCount.ShouldBe(4);
        await fixture.AdvanceAsync(hour);
        (await ClaimAllAsync(fixture, export, 2)).Select(claim => claim.Batch.ReportCount).ShouldBe([1, 2]);
    }

    [Theory, EveryStore]
    public async Task While_it_is_open_a_batch_is_due_at_once_and_keeps_its_place(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await AddAsync(fixture, 3);
        await fixture.EndAsync((await fixture.ClaimAsync(export)).ShouldNotBeNull(), Denied, TimeSpan.FromHours(1));
        for (var pause = 1; pause <= 2; pause++)
        {
            await fixture.AdvanceAsync(TimeSpan.FromSeconds(pause));
            var probe = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
            (probe.Batch.ReportCount, probe.Try).ShouldBe((1, pause + 1));
            (await fixture.EndAsync(probe, Away, TimeSpan.FromHours(1))).ShouldBe(new(1, CircuitChange.None));
        }

        (await fixture.Queries.ReadCircuitsAsync(Cancel))[0].Faults.ShouldBe(3);
    }

    [Theory, EveryStore]
    public async Task Every_fourth_probe_passes_others_by_and_takes_the_last_where_there_are_fewer(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await AddAsync(fixture, 4);
        var probed = new List<long>();
        for (var fault = 1; fault <= 13; fault++)
        {
            var probe = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
            probed.Add(probe.Batch.ReportCount);
            await fixture.EndAsync(probe, Denied);
            await fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        probed.ShouldBe([1, 1, 1, 1, 3, 1, 1, 1, 4, 1, 1, 1, 4]);
        await fixture.BooksAsync();
    }

    [Theory, EveryStore]
    public async Task A_batchs_own_fault_and_a_refusal_show_that_the_destination_is_well(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await AddAsync(fixture, 4);
        foreach (var outcome in new Outcome[] { new Outcome.Deferred("odd", "Odd.", FaultOf.Batch), new Outcome.Rejected("odd", "Odd.") })
        {
            await fixture.EndAsync((await fixture.ClaimAsync(export)).ShouldNotBeNull(), Denied);
            await fixture.AdvanceAsync(TimeSpan.FromSeconds(1));
            (await fixture.EndAsync((await fixture.ClaimAsync(export)).ShouldNotBeNull(), outcome, TimeSpan.FromHours(1)))!.Circuit.ShouldBe(CircuitChange.Closed);
            (await fixture.Queries.ReadCircuitsAsync(Cancel)).ShouldBeEmpty();
        }
    }

    [Theory, EveryStore]
    public async Task The_destinations_own_wish_is_kept_to_until_the_export_is_changed(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await AddAsync(fixture, 2);
        await fixture.EndAsync((await fixture.ClaimAsync(export)).ShouldNotBeNull(), Denied with { After = TimeSpan.FromHours(5) });
        await fixture.AdvanceAsync(TimeSpan.FromHours(4));
        (await fixture.Batches.NextDueInAsync(export.Id, Cancel)).ShouldBe(TimeSpan.FromHours(1));
        (await fixture.ClaimAsync(export)).ShouldBeNull();
        await fixture.Exports.UpdateAsync(export, Cancel);
        (await fixture.Batches.NextDueInAsync(export.Id, Cancel)).ShouldBe(TimeSpan.Zero);
        (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        (await fixture.Queries.ReadCircuitsAsync(Cancel)).ShouldHaveSingleItem().IsOpen.ShouldBeTrue();
    }

    [Theory, EveryStore]
    public async Task A_circuit_is_its_exports_own_outlives_a_restart_and_goes_with_the_export(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var (away, well) = (await AddAsync(fixture, 0, "away"), await AddAsync(fixture, 0, "well"));
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();
        await fixture.EndAsync((await fixture.ClaimAsync(away)).ShouldNotBeNull(), Denied);
        await fixture.ReopenAsync();
        (await fixture.ClaimAsync(away)).ShouldBeNull();
        (await fixture.DeliverAllAsync(well)).ShouldBe(1);
        (await fixture.Queries.ReadCircuitsAsync(Cancel)).ShouldHaveSingleItem().ExportId.ShouldBe(away.Id);
        (await fixture.Exports.DeleteAsync(away.Id, 1, Cancel)).ShouldBe(1);
        (await fixture.Queries.ReadCircuitsAsync(Cancel)).ShouldBeEmpty();
        (await fixture.Batches.NextDueInAsync(well.Id, Cancel)).ShouldBeNull();
    }

    private static async Task<ExportDefinition> AddAsync(StoreFixture fixture, int batches, string name = "one")
    {
        var export = await fixture.AddExportAsync(name, settings => settings with { BatchReports = 1 });
        for (var reports = 1; reports <= batches; reports++)
        {
            await fixture.CommitAsync(reports);
            await fixture.RouteAsync();
        }

        return export;
    }

    private static async Task<List<Claim>> ClaimAllAsync(StoreFixture fixture, ExportDefinition export, int count)
    {
        var claims = new List<Claim>();
        while (claims.Count < count)
            claims.Add((await fixture.ClaimAsync(export)).ShouldNotBeNull());
        return claims;
    }
}
