using Exporter.Storage.Stores;
using Exporter.TestKit.Servers;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Exporter.Storage.Postgres;

public sealed class MigrationTests
{
    private static CancellationToken Cancel => StoreFixture.Cancel;

    [Fact]
    public async Task Migrations_that_run_at_once_apply_each_script_once_and_health_tells_the_truth_before_and_after()
    {
        var databases = await StoreDatabases.SharedAsync();
        await using var source = NpgsqlDataSource.Create(await databases.CreateEmptyAsync());
        (await HealthAsync(source)).ShouldBe((
            HealthStatus.Unhealthy, $"The database's schema has version 0, and this program needs {PostgresMigrations.Newest}. Run the migration job of this version."));

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostgresMigrations.ApplyAsync(source, Cancel)));
        applied.SelectMany(names => names).ShouldBe(["0001_delivery.sql", "0002_deliveries.sql"]);
        (await HealthAsync(source)).ShouldBe((HealthStatus.Healthy, null));
        (await PostgresMigrations.ApplyAsync(source, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_newer_schema_is_refused_by_the_migration_the_start_and_the_health_check()
    {
        await using var fixture = await PostgresFixture.OpenAsync();
        await fixture.ExecuteAsync("insert into exporter.migration (number, name) values (999, '0999_later.sql')");
        var sentence = $"The database's schema has version 999, which needs programs of version 999, and this one knows up to {PostgresMigrations.Newest}. Use the Exporter that migrated it, or a newer one.";
        (await Should.ThrowAsync<StoreStartException>(() => PostgresMigrations.ApplyAsync(fixture.Source, Cancel))).Message.ShouldBe(sentence);
        (await Should.ThrowAsync<StoreStartException>(() => new PostgresStart(fixture.Store).StartAsync(Cancel))).Message.ShouldBe(sentence);
        (await HealthAsync(fixture.Source)).ShouldBe((HealthStatus.Unhealthy, sentence));
    }

    [Fact]
    public async Task A_newer_schema_that_goes_with_this_program_leaves_it_ready_so_that_a_rollout_shuts_no_door()
    {
        await using var fixture = await PostgresFixture.OpenAsync();
        await fixture.ExecuteAsync($"insert into exporter.migration (number, name, works_from) values (999, '0999_later.sql', {PostgresMigrations.Newest})");
        (await PostgresMigrations.ApplyAsync(fixture.Source, Cancel)).ShouldBeEmpty();
        await new PostgresStart(fixture.Store).StartAsync(Cancel);
        (await HealthAsync(fixture.Source)).ShouldBe((HealthStatus.Healthy, null));
    }

    [Fact]
    public async Task A_ledger_from_before_a_script_could_say_what_it_works_with_is_read_as_it_was()
    {
        await using var fixture = await PostgresFixture.OpenAsync();
        await fixture.ExecuteAsync("alter table exporter.migration drop column works_from");
        (await PostgresMigrations.ReadSchemaAsync(fixture.Source, Cancel)).ShouldBe(new(PostgresMigrations.Newest, PostgresMigrations.Newest));
        (await PostgresMigrations.ApplyAsync(fixture.Source, Cancel)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("create table a ();", 7)]
    [InlineData("-- works from: 3\ncreate table a ();", 3)]
    [InlineData("-- a table\n-- works from: 3\n", 7)]
    public void A_script_says_in_its_first_line_which_programs_go_on_working(string script, int from) =>
        PostgresMigrations.WorksFromOf(script, 7).ShouldBe(from);

    [Theory]
    [InlineData("-- works from: 7\n")]
    [InlineData("-- works from: 0\n")]
    [InlineData("-- works from: the first\n")]
    public void A_script_that_says_no_earlier_version_is_refused(string script) =>
        Should.Throw<FormatException>(() => PostgresMigrations.WorksFromOf(script, 7)).Message.ShouldEndWith("which must name a version from 1 to 6.");

    [Fact]
    public async Task A_start_waits_until_the_schema_is_there()
    {
        var databases = await StoreDatabases.SharedAsync();
        var options = new PostgresOptions();
        await using var source = PostgresConnections.Create(await databases.CreateEmptyAsync(), options);
        var starting = new PostgresStart(new(source, options, TimeProvider.System)).StartAsync(Cancel);
        starting.IsCompleted.ShouldBeFalse();
        await PostgresMigrations.ApplyAsync(source, Cancel);
        await starting;
    }

    [Fact]
    public async Task B9_a_database_that_loses_acknowledged_commits_is_refused_at_start()
    {
        await using var fixture = await PostgresFixture.OpenAsync();
        await fixture.ExecuteAsync($"alter database {new NpgsqlConnectionStringBuilder(fixture.ConnectionString).Database} set synchronous_commit = off");
        await using var later = fixture.Another();
        (await Should.ThrowAsync<StoreStartException>(() => new PostgresStart(later.Store).StartAsync(Cancel))).Message.ShouldBe(
            "PostgreSQL runs with synchronous_commit=off: it would lose reports that were acknowledged. Turn it on, for the server, the database and the role.");
        await new PostgresStart(fixture.Store).StartAsync(Cancel);
    }

    [Fact]
    public void Every_fault_of_the_options_is_told_at_once()
    {
        new PostgresOptions().Problems("Store").ShouldBeEmpty();
        new PostgresOptions { MaxConnections = 1, CommandTimeout = TimeSpan.Zero, RetryFor = -TimeSpan.FromSeconds(1), ShelfBytes = 5 }.Problems("Store").ShouldBe(
        [
            "'Store:MaxConnections' must be from 2 to 1000, found 1.",
            "'Store:CommandTimeout' must be at least a second, found 00:00:00.",
            "'Store:RetryFor' must not be negative, found -00:00:01.",
            "'Store:ShelfBytes' must be at least 67108864, found 5.",
        ]);
    }

    private static async Task<(HealthStatus, string?)> HealthAsync(NpgsqlDataSource source)
    {
        var result = await new PostgresSchemaHealthCheck(source).CheckHealthAsync(new HealthCheckContext(), Cancel);
        return (result.Status, result.Description);
    }
}
