using Exporter.Storage.Stores;

namespace Exporter.Storage.Sqlite;

public sealed class RestartTests
{
    [Fact]
    public async Task A_new_process_gives_up_the_claims_of_the_old_one()
    {
        await using var fixture = await SqliteFixture.OpenAsync();
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
    public async Task Estimates_of_users_outlive_a_restart_and_old_days_are_forgotten()
    {
        await using var fixture = await SqliteFixture.OpenAsync();
        var day = new DateOnly(2026, 11, 21);
        byte[] registers = [.. Enumerable.Range(0, 4096).Select(i => (byte)i)];
        var users = new SqliteUserStore(fixture.Store);
        await users.SaveAsync([new("key", day.AddDays(-1), registers), new("key", day, new byte[4096]), new("other", day, registers)], day.AddDays(-1), CancellationToken.None);
        await users.SaveAsync([new("key", day, registers)], day, CancellationToken.None);
        await fixture.ReopenAsync();

        var saved = await new SqliteUserStore(fixture.Store).LoadAsync(day.AddDays(-7), CancellationToken.None);

        saved.Select(sketch => (sketch.Key, sketch.Day)).ShouldBe([("key", day), ("other", day)], ignoreOrder: true);
        foreach (var sketch in saved)
            sketch.Registers.ToArray().ShouldBe(registers);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_puts_nothing_off()
    {
        await using var fixture = await SqliteFixture.OpenAsync();
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
