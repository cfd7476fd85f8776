using Exporter.Delivery.Batches;

namespace Exporter.Storage;

public sealed class ClaimTests
{
    private static readonly Outcome.Deferred OwnFault = new("too_odd", "Try later.", FaultOf.Batch);
    private static readonly Outcome.Deferred DestinationFault = new("away", "Try later.", FaultOf.Destination);

    [Fact]
    public async Task A_late_comer_changes_nothing()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        await fixture.CommitAsync(3);
        await fixture.RouteAsync();
        var stalled = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        (await fixture.ClaimAsync(export)).ShouldBeNull();

        fixture.Clock.Advance(TimeSpan.FromMinutes(3));
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

    [Fact]
    public async Task A_batch_waits_for_its_own_fault_and_not_for_its_destinations()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();

        var first = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        await fixture.RecordAsync(first, DestinationFault, TimeSpan.FromHours(1));
        var second = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        await fixture.RecordAsync(second, OwnFault, TimeSpan.FromHours(1));
        (await fixture.ClaimAsync(export)).ShouldBeNull();
        (await fixture.Batches.NextDueInAsync(export.Id, StoreFixture.Cancel)).ShouldBe(TimeSpan.FromHours(1));
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        (await fixture.ClaimAsync(export)).ShouldNotBeNull().Attempt.ShouldBe(3);
    }

    [Fact]
    public async Task Claims_go_in_the_order_of_sealing_and_are_bounded()
    {
        await using var fixture = await StoreFixture.OpenAsync();
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

    [Fact]
    public async Task A_released_claim_is_no_attempt()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();
        await fixture.Batches.ReleaseAsync((await fixture.ClaimAsync(export)).ShouldNotBeNull(), StoreFixture.Cancel);
        (await fixture.ClaimAsync(export)).ShouldNotBeNull().Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task A_new_process_gives_up_the_claims_of_the_old_one()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();
        await fixture.ClaimAsync(export);
        await fixture.ReopenAsync();
        (await fixture.BooksAsync())[0].Waiting.ShouldBe(1);
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        (await fixture.ClaimAsync(export)).ShouldNotBeNull().Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_puts_nothing_off()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        await fixture.CommitAsync(1);
        await fixture.RouteAsync();
        fixture.Clock.Step(-TimeSpan.FromDays(1));
        (await fixture.ClaimAsync(export)).ShouldNotBeNull();

        await fixture.ReopenAsync();
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        (await fixture.ClaimAsync(export)).ShouldNotBeNull();
    }
}
