using System.Diagnostics;
using Exporter.Bench.Figures;
using Exporter.Bench.Load;
using Exporter.Reports.V1;
using Microsoft.Data.Sqlite;

namespace Exporter.Bench.Ceilings;

/// <summary>What SQLite takes with the store's pragmas: one payload a commit, on disk before the next.</summary>
internal static class SqliteCeilings
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    public static void Run(IReadOnlyList<Report> reports, string folder, Page page)
    {
        foreach (var count in new[] { 100, 1000, 10_000 })
        {
            var payload = ReportPool.Packed(reports.Take(count));
            var (commits, time) = Measure(payload, folder);
            page.Figure(
                $"SQLite, durable commits of {Words.Count(payload.Length / 1000.0)} kB", Words.PerSecond(commits, time, "commits"),
                $"{commits * payload.Length / time.TotalSeconds / 1e6:N0} MB/s, {Words.PerSecond((double)commits * count, time, "reports")}");
        }
    }

    private static (long Commits, TimeSpan Time) Measure(byte[] payload, string folder)
    {
        var path = Path.Combine(folder, $"bench-{Environment.ProcessId}-{Stopwatch.GetTimestamp()}.db");
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            connection.Open();
            foreach (var pragma in new[] { "page_size = 16384", "journal_mode = wal", "synchronous = full" })
                Execute(connection, "pragma " + pragma);
            Execute(connection, "create table block_payload (number integer primary key, id blob not null unique, bytes blob not null) strict");
            return Insert(connection, payload);
        }
        finally
        {
            foreach (var file in new[] { path, path + "-wal", path + "-shm" })
                File.Delete(file);
        }
    }

    private static (long Commits, TimeSpan Time) Insert(SqliteConnection connection, byte[] payload)
    {
        using var insert = connection.CreateCommand();
        insert.CommandText = "insert into block_payload (id, bytes) values ($id, $bytes)";
        var id = insert.Parameters.Add("$id", SqliteType.Blob);
        insert.Parameters.AddWithValue("$bytes", payload);
        var begun = Stopwatch.GetTimestamp();
        var commits = 0L;
        while (Stopwatch.GetElapsedTime(begun) < Duration)
        {
            id.Value = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToByteArray(bigEndian: true);
            insert.ExecuteNonQuery();
            commits++;
        }

        return (commits, Stopwatch.GetElapsedTime(begun));
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
