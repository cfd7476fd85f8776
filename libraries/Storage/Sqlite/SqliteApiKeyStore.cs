using Exporter.Delivery.Keys;
using Microsoft.Data.Sqlite;

namespace Exporter.Storage.Sqlite;

/// <summary>The API keys; every change raises their revision (rule I4).</summary>
public sealed class SqliteApiKeyStore(SqliteStore store) : IApiKeyStore
{
    private const string Select = "select key, max_requests_per_day, submit_sample_percent, created_at from api_key";

    /// <inheritdoc />
    public Task<ApiKey?> FindAsync(string key, CancellationToken cancel) =>
        store.Readers.ReadAsync(session => session.First($"{Select} where key = $1", Read, key), cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<ApiKey>> ListAsync(string? after, int limit, CancellationToken cancel) => store.Readers.ReadAsync<IReadOnlyList<ApiKey>>(
        session => session.Query($"{Select} where key > $1 order by key limit $2", Read, after ?? "", limit), cancel);

    /// <inheritdoc />
    public Task<bool> CreateAsync(ApiKey key, CancellationToken cancel) => ChangeAsync(session => session.Execute(
        "insert into api_key (key, max_requests_per_day, submit_sample_percent, created_at) values ($1, $2, $3, $4) on conflict do nothing",
        key.Key, key.MaxRequestsPerDay, key.SubmitSamplePercent, key.CreatedAt));

    /// <inheritdoc />
    public Task<bool> UpdateAsync(ApiKey key, CancellationToken cancel) => ChangeAsync(session => session.Execute(
        "update api_key set max_requests_per_day = $2, submit_sample_percent = $3 where key = $1", key.Key, key.MaxRequestsPerDay, key.SubmitSamplePercent));

    /// <inheritdoc />
    public Task<bool> DeleteAsync(string key, CancellationToken cancel) =>
        ChangeAsync(session => session.Execute("delete from api_key where key = $1", key));

    /// <inheritdoc />
    public Task<long> ReadRevisionAsync(CancellationToken cancel) =>
        store.Readers.ReadAsync(session => session.Scalar<long>("select value from revision where name = 'api_keys'"), cancel);

    private Task<bool> ChangeAsync(Func<SqliteSession, int> change) => store.Writer.RunAsync(session =>
    {
        var isChanged = change(session) > 0;
        if (isChanged)
            session.Execute("update revision set value = value + 1 where name = 'api_keys'");
        return isChanged;
    });

    private static ApiKey Read(SqliteDataReader row) => new(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.Time(3));
}
