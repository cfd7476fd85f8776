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
