using System.Text.Json;
using Exporter.Storage.Stores;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>How the server ran a statement of the store, undone afterwards.</summary>
internal sealed record Plan(string Text, long Pages)
{
    /// <summary>Runs the statement as the store does, with its own parameters, and undoes it.</summary>
    public static async Task<Plan> OfAsync(PostgresFixture fixture, string sql, params object[] values)
    {
        var cancel = StoreFixture.Cancel;
        object[] Again() => [.. values.Select(value => value is NpgsqlParameter parameter ? parameter.Clone() : value)];
        await using var session = await fixture.Store.OpenAsync(cancel);
        await session.BeginAsync(cancel);
        var lines = await session.QueryAsync($"explain (analyze, buffers, timing off, summary off) {sql}", row => row.GetString(0), cancel, Again());
        await session.ExecuteAsync("rollback", cancel);
        await session.ExecuteAsync("begin", cancel);
        var json = (await session.QueryAsync($"explain (analyze, buffers, format json) {sql}", row => row.GetString(0), cancel, Again()))[0];
        await session.ExecuteAsync("rollback", cancel);
        using var plan = JsonDocument.Parse(json);
        var root = plan.RootElement[0].GetProperty("Plan");
        return new(string.Join('\n', lines), root.GetProperty("Shared Hit Blocks").GetInt64() + root.GetProperty("Shared Read Blocks").GetInt64());
    }
}
