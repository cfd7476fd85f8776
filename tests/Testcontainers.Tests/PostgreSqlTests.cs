using DotNet.Testcontainers.Containers;
using Npgsql;
using Testcontainers.PostgreSql;

namespace Exporter.Testcontainers.Tests;

public sealed class PostgreSqlTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostgreSQL_has_the_database_the_user_and_the_password_that_were_asked_for_and_keeps_its_data_over_a_stop()
    {
        await using var postgres = new PostgreSqlBuilder("postgres:15.1").WithDatabase("shop-1").WithUsername("keeper").WithPassword("Tr0ub4dor").Build();
        await postgres.StartAsync(Cancel);
        postgres.State.ShouldBe(TestcontainersStates.Running);
        (await AskAsync(postgres.GetConnectionString(), "select current_database() || ' of ' || current_user")).ShouldBe("shop-1 of keeper");
        (await postgres.ExecScriptAsync("create table kept as select 42 as answer;\nselect answer from kept;", Cancel)).Stdout.ShouldContain("42");
        (await postgres.ExecScriptAsync("select nonsense;", Cancel)).ExitCode.ShouldBe(3);

        var stranger = new NpgsqlConnectionStringBuilder(postgres.GetConnectionString()) { Password = "guess" };
        (await Should.ThrowAsync<PostgresException>(() => AskAsync(stranger.ToString(), "select 1"))).SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);

        await postgres.StopAsync(Cancel);
        postgres.State.ShouldBe(TestcontainersStates.Exited);
        await postgres.StartAsync(Cancel);
        (await AskAsync(postgres.GetConnectionString(), "select answer from kept")).ShouldBe(42);
    }

    [Fact]
    public async Task Without_words_of_ours_it_is_what_the_original_makes()
    {
        await using var postgres = new PostgreSqlBuilder("postgres:15.1").WithCommand("-c", "max_connections=17").Build();
        await postgres.StartAsync(Cancel);
        postgres.GetConnectionString().ShouldBe($"Host=127.0.0.1;Port={postgres.GetMappedPublicPort(5432)};Database=postgres;Username=postgres;Password=postgres");
        (await AskAsync(postgres.GetConnectionString(), "select current_setting('max_connections') || current_setting('fsync')")).ShouldBe("17off");
    }

    private static async Task<object?> AskAsync(string connectionString, string statement)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
