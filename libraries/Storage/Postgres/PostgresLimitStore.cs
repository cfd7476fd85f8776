using Exporter.Delivery.Keys;

namespace Exporter.Storage.Postgres;

/// <summary>Request counts over a restart, of a process that counts alone; several share theirs in Redis.</summary>
public sealed class PostgresLimitStore(PostgresStore store) : ILimitStore
{
    private const string Save =
        """
        insert into exporter.limit_count (day, path, key, request_count)
        select * from unnest($1, $2, $3, $4) on conflict (day, path, key) do update set request_count = excluded.request_count
        """;

    private const int MostForgotten = 10_000;

    private const string Forget =
        "delete from exporter.limit_count c using (select day, path, key from exporter.limit_count where day < $1 limit $2) as old where c.day = old.day and c.path = old.path and c.key = old.key";

    /// <inheritdoc />
    public Task<IReadOnlyList<RequestCount>> LoadAsync(DateOnly day, CancellationToken cancel) => store.RunAsync<IReadOnlyList<RequestCount>>(
        async session => await session.QueryAsync(
            "select key, path, request_count from exporter.limit_count where day = $1",
            row => new RequestCount(row.GetString(0), row.GetString(1), day, row.GetInt64(2)),
            cancel,
            day),
        cancel);

    /// <inheritdoc />
    public Task SaveAsync(IReadOnlyList<RequestCount> counts, CancellationToken cancel) => counts.Count == 0 ? Task.CompletedTask : store.TransactAsync(
        async session =>
        {
            var rows = counts.GroupBy(count => (count.Day, count.Path, count.Key)).Select(group => group.Last())
                .OrderBy(count => count.Day).ThenBy(count => count.Path, StringComparer.Ordinal).ThenBy(count => count.Key, StringComparer.Ordinal).ToList();
            await session.ExecuteAsync(
                Save,
                cancel,
                rows.Select(count => count.Day).ToArray(),
                PostgresValue.Texts(rows.Select(count => count.Path)),
                PostgresValue.Texts(rows.Select(count => count.Key)),
                rows.Select(count => count.Count).ToArray());
            return await session.ExecuteAsync(Forget, cancel, rows[0].Day, MostForgotten);
        },
        cancel);
}
