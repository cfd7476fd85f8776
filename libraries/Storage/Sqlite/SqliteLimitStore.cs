using System.Globalization;
using Exporter.Delivery.Keys;

namespace Exporter.Storage.Sqlite;

/// <summary>Request counts of one process, over a restart.</summary>
public sealed class SqliteLimitStore(SqliteStore store) : ILimitStore
{
    /// <inheritdoc />
    public Task<IReadOnlyList<RequestCount>> LoadAsync(DateOnly day, CancellationToken cancel) => store.Readers.ReadAsync<IReadOnlyList<RequestCount>>(
        session => session.Query(
            "select key, path, requests from limit_count where day = $1",
            row => new RequestCount(row.GetString(0), row.GetString(1), day, row.GetInt64(2)),
            Text(day)),
        cancel);

    /// <inheritdoc />
    public Task SaveAsync(IReadOnlyList<RequestCount> counts, CancellationToken cancel) => store.Writer.RunAsync(session =>
    {
        foreach (var count in counts)
        {
            session.Execute(
                "insert into limit_count (day, path, key, requests) values ($1, $2, $3, $4) on conflict do update set requests = $4",
                Text(count.Day), count.Path, count.Key, count.Count);
        }

        return counts.Count > 0 ? session.Execute("delete from limit_count where day < $1", Text(counts.Min(count => count.Day))) : 0;
    });

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
