using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>Statements that go to the server together; outside a transaction they are one of their own, durable or undone as a whole.</summary>
internal sealed class PostgresPipeline(NpgsqlConnection connection) : IAsyncDisposable
{
    private readonly NpgsqlBatch batch = new(connection);

    public int Count => batch.BatchCommands.Count;

    /// <summary>Adds a statement; parameters are <c>$1</c>, <c>$2</c>, … See <see cref="PostgresValue"/>.</summary>
    public PostgresPipeline Add(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(PostgresValue.Of(value));
        batch.BatchCommands.Add(command);
        return this;
    }

    /// <summary>Runs them; returns the rows changed by each.</summary>
    public async Task<IReadOnlyList<int>> ExecuteAsync(CancellationToken cancel)
    {
        if (Count > 0)
            await batch.ExecuteNonQueryAsync(cancel);
        return [.. Enumerable.Range(0, Count).Select(i => batch.BatchCommands[i].RecordsAffected)];
    }

    /// <summary>Runs them; each that has rows is a result of the reader.</summary>
    public Task<NpgsqlDataReader> ReadAsync(CancellationToken cancel) => batch.ExecuteReaderAsync(cancel);

    public ValueTask DisposeAsync() => batch.DisposeAsync();
}
