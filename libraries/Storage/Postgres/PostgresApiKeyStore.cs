using Exporter.Delivery.Keys;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>The API keys; every change raises their revision (rule I4).</summary>
public sealed class PostgresApiKeyStore(PostgresStore store) : IApiKeyStore
{
    private const string Select = "select key, max_requests_per_day, submit_sample_percent, created_at from exporter.api_key";

    private const string Raise = "update exporter.revision set value = value + 1 where name = 'api_keys'";

    /// <inheritdoc />
    public Task<ApiKey?> FindAsync(string key, CancellationToken cancel) =>
        store.RunAsync(session => session.FirstAsync($"{Select} where key = $1", Read, cancel, key), cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<ApiKey>> ListAsync(string? after, int limit, CancellationToken cancel) => store.RunAsync<IReadOnlyList<ApiKey>>(
        async session => await session.QueryAsync(
            $"{Select} where key collate \"C\" > $1 order by key collate \"C\" limit $2", Read, cancel, after ?? "", limit), cancel);

    /// <inheritdoc />
    public Task<bool> CreateAsync(ApiKey key, CancellationToken cancel) => ChangeAsync(
        "insert into exporter.api_key (key, max_requests_per_day, submit_sample_percent, created_at) values ($1, $2, $3, $4) on conflict do nothing",
        cancel, key.Key, key.MaxRequestsPerDay, key.SubmitSamplePercent, key.CreatedAt);

    /// <inheritdoc />
    public Task<bool> UpdateAsync(ApiKey key, CancellationToken cancel) => ChangeAsync(
        "update exporter.api_key set max_requests_per_day = $2, submit_sample_percent = $3 where key = $1",
        cancel, key.Key, key.MaxRequestsPerDay, key.SubmitSamplePercent);

    /// <inheritdoc />
    public Task<bool> DeleteAsync(string key, CancellationToken cancel) => ChangeAsync("delete from exporter.api_key where key = $1", cancel, key);

    /// <inheritdoc />
    public Task<long> ReadRevisionAsync(CancellationToken cancel) => store.RunAsync(
        session => session.ScalarAsync<long>("select value from exporter.revision where name = 'api_keys'", cancel), cancel);

    private Task<bool> ChangeAsync(string sql, CancellationToken cancel, params object[] values) => store.TransactAsync(
        async session => await session.ExecuteAsync(sql, cancel, values) > 0 && await session.ExecuteAsync(Raise, cancel) > 0, cancel);

    private static ApiKey Read(NpgsqlDataReader row) => new(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.Time(3));
}
