using Exporter.Delivery.Batches;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Contract;

public sealed class ClaimTests
{
    private static readonly Outcome.Deferred OwnFault = new("too_odd", "Try later.", FaultOf.Batch);
    private static readonly Outcome.Deferred DestinationFault = new("away", "Try later.", FaultOf.Destination);

    [Theory, EveryStore]
    public async Task A_late_comer_changes_nothing(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        await fixture.CommitAsync(3);
        await fixture.RouteAsync();
        var stalled = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        (await fixture.ClaimAsync(export)).ShouldBeNull();

        await fixture.AdvanceAsync(TimeSpan.FromMinutes(3));
        var second = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        second.Attempt.ShouldBe(2);
        (await fixture.RecordAsync(stalled, new Outcome.Delivered())).ShouldBeFalse();
        (await fixture.Batches.RenewAsync(stalled, TimeSpan.FromMinutes(2), StoreFixture.Cancel)).ShouldBeFalse();
        (await fixture.Batches.ReleaseAsync(stalled, StoreFixture.Cancel)).ShouldBeFalse();
        (await fixture.BooksAsync())[0].InFlight.ShouldBe(3);

        (await fixture.RecordAsync(second, new Outcome.Delivered())).ShouldBeTrue();
        (await fixture.RecordAsync(second, new Outcome.Delivered())).ShouldBeFalse();
        (await fixture.BooksAsync())[0].Delivered.ShouldBe(3);
    }

    [Theory, EveryStore]
    public async Task A_batch_waits_for_its_own_fault_and_the_next_claim_is_another_attempt(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();

        var first = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        (first.Attempt, first.Try, first.ClaimedAt).ShouldBe((1, 1, fixture.Clock.GetUtcNow()));
        await fixture.RecordAsync(first, OwnFault);
        var second = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        await fixture.RecordAsync(second, OwnFault, TimeSpan.FromHours(1));
        (await fixture.ClaimAsync(export)).ShouldBeNull();
        (await fixture.Batches.NextDueInAsync(export.Id, StoreFixture.Cancel)).ShouldBe(TimeSpan.FromHours(1));
        await fixture.AdvanceAsync(TimeSpan.FromHours(1));
        (await fixture.ClaimAsync(export)).ShouldNotBeNull().Attempt.ShouldBe(3);
    }

    [Theory, EveryStore]
    public async Task Claims_go_in_the_order_of_sealing_and_are_bounded(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        for (var i = 1; i <= 3; i++)
        {
            await fixture.CommitAsync(i);
            await fixture.RouteAsync();
        }

        (await fixture.ClaimAsync(export, 2)).ShouldNotBeNull().Batch.ReportCount.ShouldBe(1);
        (await fixture.ClaimAsync(export, 2)).ShouldNotBeNull().Batch.ReportCount.ShouldBe(2);
        (await fixture.ClaimAsync(export, 2)).ShouldBeNull();
    }

    [Theory, EveryStore]
    public async Task A_released_claim_is_no_attempt(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();
        await fixture.Batches.ReleaseAsync((await fixture.ClaimAsync(export)).ShouldNotBeNull(), StoreFixture.Cancel);
        var claim = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        (claim.Attempt, claim.Try).ShouldBe((2, 1));
        (await fixture.ListAsync(export))[0].Attempts.ShouldBe(1);
    }

    [Theory, EveryStore]
    public async Task A_lease_is_kept_by_renewing_it_and_otherwise_ends(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();
        (await fixture.Batches.NextDueInAsync(export.Id, StoreFixture.Cancel)).ShouldBe(TimeSpan.Zero);
        var claim = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        claim.LeaseUntil.ShouldBe(fixture.Clock.GetUtcNow() + TimeSpan.FromMinutes(2));
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(90));
        (await fixture.Batches.RenewAsync(claim, TimeSpan.FromMinutes(2), StoreFixture.Cancel)).ShouldBeTrue();
        (await fixture.Batches.NextDueInAsync(export.Id, StoreFixture.Cancel)).ShouldBe(TimeSpan.FromMinutes(2));
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(90));
        (await fixture.ClaimAsync(export)).ShouldBeNull();
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(31));
        (await fixture.ClaimAsync(export)).ShouldNotBeNull().Attempt.ShouldBe(2);
    }

    [Theory, EveryStore]
    public async Task An_empty_queue_is_never_due(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        (await fixture.ClaimAsync(export)).ShouldBeNull();
        (await fixture.Batches.NextDueInAsync(export.Id, StoreFixture.Cancel)).ShouldBeNull();
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();
        await fixture.DeliverAllAsync(export);
        (await fixture.Batches.NextDueInAsync(export.Id, StoreFixture.Cancel)).ShouldBeNull();
    }

    [Theory, EveryStore]
    public async Task Batches_that_were_put_back_go_again_in_the_order_of_sealing(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        for (var i = 1; i <= 4; i++)
        {
            await fixture.CommitAsync(i);
            await fixture.RouteAsync();
        }

        var claims = new List<Claim>();
        for (var i = 0; i < 3; i++)
            claims.Add((await fixture.ClaimAsync(export)).ShouldNotBeNull());
        await fixture.RecordAsync(claims[0], OwnFault, TimeSpan.FromMinutes(10));
        await fixture.RecordAsync(claims[1], OwnFault, TimeSpan.FromMinutes(5));
        await fixture.RecordAsync(claims[2], DestinationFault);
        await fixture.AdvanceAsync(TimeSpan.FromMinutes(10));

        var order = new List<long>();
        while (await fixture.ClaimAsync(export) is { } claim)
            order.Add(claim.Batch.ReportCount);
        order.ShouldBe([1, 2, 3, 4]);
        await fixture.BooksAsync();
    }
}
