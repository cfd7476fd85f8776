using Npgsql;

namespace Exporter.Bench.Services;

/// <summary>What PostgreSQL says of itself at one moment.</summary>
/// <param name="LogBytes">Written to the write-ahead log since the server was made.</param>
/// <param name="Commits">Transactions of the database.</param>
/// <param name="Bytes">Size of the database.</param>
/// <param name="NameByProcess">What each process of the server works for: a service's name, or its own task.</param>
internal sealed record DatabaseLook(long LogBytes, long Commits, long Bytes, IReadOnlyDictionary<int, string> NameByProcess)
{
    private const string Sizes =
        """
        select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint, xact_commit, pg_database_size(datid)
        from pg_stat_database where datname = current_database()
        """;

    private const string Processes =
        "select pid, case when backend_type = 'client backend' then application_name else backend_type end from pg_stat_activity";

    public static async Task<DatabaseLook> TakeAsync(NpgsqlDataSource source)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new(Sizes));
        batch.BatchCommands.Add(new(Processes));
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.ReadAsync();
        var (log, commits, bytes) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
        await reader.NextResultAsync();
        var names = new Dictionary<int, string>();
        while (await reader.ReadAsync())
            names[reader.GetInt32(0)] = reader.GetString(1);
        return new(log, commits, bytes, names);
    }
}
