using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>One connection, taken from the pool for a short while; parameters are <c>$1</c>, <c>$2</c>, …</summary>
internal sealed class PostgresSession(NpgsqlConnection connection) : IAsyncDisposable
{
    private NpgsqlTransaction? transaction;

    public PostgresPipeline Pipeline() => new(connection);

    /// <summary>Begins a transaction; the session's end undoes what was not committed.</summary>
    public async Task BeginAsync(CancellationToken cancel) => transaction = await connection.BeginTransactionAsync(cancel);

    public async Task CommitAsync(CancellationToken cancel)
    {
        await transaction!.CommitAsync(cancel);
        await transaction.DisposeAsync();
        transaction = null;
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<T?> ScalarAsync<T>(string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(cancel) is T value ? value : default;
    }

    public async Task<List<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params object[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.TakeAsync(read, cancel);
    }

    public async Task<T?> FirstAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params object[] values)
        where T : class
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? read(reader) : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (transaction is not null)
            await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(PostgresValue.Of(value));
        return command;
    }
}
