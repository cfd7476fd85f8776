using Exporter.Delivery.Keys;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Contract;

public sealed class ApiKeyTests
{
    private static readonly DateTimeOffset Made = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory, EveryStore]
    public async Task A_key_is_made_once_changed_found_and_removed(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var key = new ApiKey("test-key", 100, 50, Made);
        (await fixture.Keys.FindAsync("test-key", StoreFixture.Cancel)).ShouldBeNull();
        (await fixture.Keys.CreateAsync(key, StoreFixture.Cancel)).ShouldBeTrue();
        (await fixture.Keys.CreateAsync(key with { MaxRequestsPerDay = 7 }, StoreFixture.Cancel)).ShouldBeFalse();
        (await fixture.Keys.FindAsync("test-key", StoreFixture.Cancel)).ShouldBe(key);

        (await fixture.Keys.UpdateAsync(key with { MaxRequestsPerDay = 0, SubmitSamplePercent = 100 }, StoreFixture.Cancel)).ShouldBeTrue();
        (await fixture.Keys.FindAsync("test-key", StoreFixture.Cancel)).ShouldBe(key with { MaxRequestsPerDay = 0, SubmitSamplePercent = 100 });
        (await fixture.Keys.UpdateAsync(key with { Key = "other-key" }, StoreFixture.Cancel)).ShouldBeFalse();
        (await fixture.Keys.DeleteAsync("test-key", StoreFixture.Cancel)).ShouldBeTrue();
        (await fixture.Keys.DeleteAsync("test-key", StoreFixture.Cancel)).ShouldBeFalse();
        (await fixture.Keys.FindAsync("test-key", StoreFixture.Cancel)).ShouldBeNull();
    }

    [Theory, EveryStore]
    public async Task The_revision_grows_with_every_change_and_with_nothing_else(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var key = new ApiKey("test-key", 0, 100, Made);
        await fixture.Keys.CreateAsync(key, StoreFixture.Cancel);
        await fixture.Keys.UpdateAsync(key with { MaxRequestsPerDay = 1 }, StoreFixture.Cancel);
        var changed = await fixture.Keys.ReadRevisionAsync(StoreFixture.Cancel);
        changed.ShouldBe(2);

        await fixture.Keys.CreateAsync(key, StoreFixture.Cancel);
        await fixture.Keys.UpdateAsync(key with { Key = "other-key" }, StoreFixture.Cancel);
        await fixture.Keys.DeleteAsync("other-key", StoreFixture.Cancel);
        (await fixture.Keys.ReadRevisionAsync(StoreFixture.Cancel)).ShouldBe(changed);
        await fixture.Keys.DeleteAsync("test-key", StoreFixture.Cancel);
        (await fixture.Keys.ReadRevisionAsync(StoreFixture.Cancel)).ShouldBe(changed + 1);
    }

    [Theory, EveryStore]
    public async Task Keys_are_listed_in_order_a_page_at_a_time(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        foreach (var key in new[] { "beta", "Alpha", "alpha-2", "alpha", "0000" })
            await fixture.Keys.CreateAsync(new(key, 0, 100, Made), StoreFixture.Cancel);
        var first = await fixture.Keys.ListAsync(null, 3, StoreFixture.Cancel);
        first.Select(key => key.Key).ShouldBe(["0000", "Alpha", "alpha"]);
        (await fixture.Keys.ListAsync("alpha", 3, StoreFixture.Cancel)).Select(key => key.Key).ShouldBe(["alpha-2", "beta"]);
    }

    [Theory, EveryStore]
    public async Task Request_counts_outlive_a_restart_and_days_before_are_forgotten(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var day = new DateOnly(2026, 11, 22);
        await fixture.Counts.SaveAsync([new("test-key", "v2.geosubmit", day, 3), new("test-key", "grpc.stream", day, 5)], StoreFixture.Cancel);
        await fixture.Counts.SaveAsync([new("test-key", "v2.geosubmit", day, 4)], StoreFixture.Cancel);
        await fixture.ReopenAsync();
        (await fixture.Counts.LoadAsync(day, StoreFixture.Cancel)).ShouldBe(
            [new("test-key", "grpc.stream", day, 5), new("test-key", "v2.geosubmit", day, 4)], ignoreOrder: true);

        await fixture.Counts.SaveAsync([new("test-key", "v2.geosubmit", day.AddDays(1), 1)], StoreFixture.Cancel);
        (await fixture.Counts.LoadAsync(day, StoreFixture.Cancel)).ShouldBeEmpty();
        await fixture.Counts.SaveAsync([], StoreFixture.Cancel);
        (await fixture.Counts.LoadAsync(day.AddDays(1), StoreFixture.Cancel)).ShouldHaveSingleItem().Count.ShouldBe(1);
    }
}
