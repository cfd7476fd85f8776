using System.Data.Common;
using Aspire.Npgsql;
using Exporter.TestKit.Servers;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Exporter.Aspire;

public sealed class NpgsqlDataSourceTests(NpgsqlDataSourceTests.Server server) : IClassFixture<NpgsqlDataSourceTests.Server>
{
    private const string Section = "Aspire:Npgsql";
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_data_source_comes_from_its_connection_string_with_a_health_check()
    {
        await using var host = await StartAsync(builder => builder.AddNpgsqlDataSource("postgres"), ("ConnectionStrings:postgres", Connection));

        await using var command = host.Get<NpgsqlDataSource>().CreateCommand("select 42");
        (await command.ExecuteScalarAsync(Cancel)).ShouldBe(42);
        host.Get<DbDataSource>().ShouldBeSameAs(host.Get<NpgsqlDataSource>());
        await using var connection = host.Get<NpgsqlConnection>();
        await connection.OpenAsync(Cancel);
        await using var other = host.Get<DbConnection>();
        other.ShouldNotBeSameAs(connection);
        (await host.HealthAsync()).ShouldBe(new Dictionary<string, HealthStatus> { ["PostgreSql"] = HealthStatus.Healthy });
    }

    [Fact]
    public async Task Keyed_data_sources_stand_beside_each_other_and_beside_the_one_without_a_key()
    {
        await using var host = await StartAsync(
            builder =>
            {
                builder.AddNpgsqlDataSource("one");
                builder.AddKeyedNpgsqlDataSource("one");
                builder.AddKeyedNpgsqlDataSource("two");
            },
            ("ConnectionStrings:one", $"{Connection};Application Name=one"),
            ("ConnectionStrings:two", $"{Connection};Application Name=two"));

        foreach (var name in new[] { "one", "two" })
        {
            await using var command = host.Get<NpgsqlDataSource>(name).CreateCommand("show application_name");
            (await command.ExecuteScalarAsync(Cancel)).ShouldBe(name);
            await using var connection = host.Get<DbConnection>(name);
            connection.ConnectionString.ShouldContain($"Application Name={name}");
        }

        host.Get<NpgsqlDataSource>().ShouldNotBeSameAs(host.Get<NpgsqlDataSource>("one"));
        (await host.HealthAsync()).Keys.Order().ShouldBe(["PostgreSql", "PostgreSql_one", "PostgreSql_two"]);
    }

    [Fact]
    public void Settings_switch_everything_on_by_default()
    {
        var settings = new NpgsqlSettings();

        settings.ConnectionString.ShouldBeNull();
        settings.DisableHealthChecks.ShouldBeFalse();
        settings.DisableTracing.ShouldBeFalse();
        settings.DisableMetrics.ShouldBeFalse();
    }

    [Fact]
    public async Task The_named_section_wins_over_the_general_one_the_connection_string_over_both_and_code_over_all()
    {
        NpgsqlSettings? seen = null;
        await using var host = await StartAsync(
            builder => builder.AddNpgsqlDataSource(
                "postgres",
                settings => (seen, settings.DisableHealthChecks) = (settings, true),
                source => source.ConnectionStringBuilder.ApplicationName = "code"),
            ($"{Section}:ConnectionString", "Host=general"),
            ($"{Section}:DisableTracing", "true"),
            ($"{Section}:DisableMetrics", "true"),
            ($"{Section}:postgres:ConnectionString", "Host=named"),
            ($"{Section}:postgres:DisableTracing", "false"),
            ("ConnectionStrings:postgres", Connection));

        seen!.ConnectionString.ShouldBe(Connection);
        (seen.DisableTracing, seen.DisableMetrics).ShouldBe((false, true));
        await using var command = host.Get<NpgsqlDataSource>().CreateCommand("show application_name");
        (await command.ExecuteScalarAsync(Cancel)).ShouldBe("code");
        (await host.HealthAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_connection_string_the_error_says_where_to_put_one()
    {
        await using var host = await StartAsync(builder => builder.AddNpgsqlDataSource("postgres"));

        Should.Throw<InvalidOperationException>(() => host.Get<NpgsqlDataSource>()).Message.ShouldBe(
            "No PostgreSQL database is named. Put a connection string into 'ConnectionStrings:postgres', or into 'ConnectionString' of the section 'Aspire:Npgsql' or 'Aspire:Npgsql:postgres'.");
        (await host.HealthAsync())["PostgreSql"].ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task Health_fails_while_the_server_is_away_and_recovers()
    {
        await using var own = await PostgresServer.StartOwnAsync();
        await using var host = await StartAsync(builder => builder.AddNpgsqlDataSource("postgres"), ("ConnectionStrings:postgres", own.ConnectionString));
        (await host.HealthAsync())["PostgreSql"].ShouldBe(HealthStatus.Healthy);

        await own.StopAsync();
        (await host.HealthAsync())["PostgreSql"].ShouldBe(HealthStatus.Unhealthy);
        await own.StartProcessAsync();
        await Settled.WhenAsync(async () => (await host.HealthAsync())["PostgreSql"] == HealthStatus.Healthy);
    }

    private string Connection => server.Postgres.ConnectionString;

    private static Task<ClientHost> StartAsync(Action<IHostApplicationBuilder> compose, params (string, string?)[] settings) =>
        ClientHost.StartAsync(compose, settings);

    /// <summary>One PostgreSQL for the tests of this class.</summary>
    public sealed class Server : IAsyncLifetime
    {
        public PostgresServer Postgres { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Postgres = await PostgresServer.StartAsync();

        public ValueTask DisposeAsync() => Postgres.DisposeAsync();
    }
}
