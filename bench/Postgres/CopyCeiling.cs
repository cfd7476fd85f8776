using System.Diagnostics;
using Exporter.Bench.Figures;
using Npgsql;
using NpgsqlTypes;

namespace Exporter.Bench.Postgres;

/// <summary>What the server takes by binary COPY alone: four payloads a durable commit, in a table like the store's.</summary>
internal static class CopyCeiling
{
    private const int Rows = 4;

    public static async Task RunAsync(NpgsqlDataSource source, List<byte[]> payloads, int connections, TimeSpan time, Page page)
    {
        await using (source)
        {
            await using (var make = source.CreateCommand("create table raw (id uuid primary key, bytes bytea not null); alter table raw alter column bytes set storage external"))
                await make.ExecuteNonQueryAsync();
            var begun = Stopwatch.GetTimestamp();
            var commits = (await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => CopyAsync(source, payloads, begun, time))))).Sum();
            var elapsed = Stopwatch.GetElapsedTime(begun);
            page.Figure(
                $"raw COPY, {connections} connection(s), {Rows} rows of {Words.Count(payloads[0].Length / 1000.0)} kB a commit",
                Words.PerSecond(commits * Rows * 1000.0, elapsed, "reports"),
                $"{commits * Rows * (double)payloads[0].Length / elapsed.TotalSeconds / 1e6:N0} MB/s");
        }
    }

    private static async Task<long> CopyAsync(NpgsqlDataSource source, List<byte[]> payloads, long begun, TimeSpan time)
    {
        await using var connection = await source.OpenConnectionAsync();
        var commits = 0L;
        for (; Stopwatch.GetElapsedTime(begun) < time; commits++)
        {
            await using var copy = await connection.BeginBinaryImportAsync("copy raw (id, bytes) from stdin (format binary)");
            for (var row = 0; row < Rows; row++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), NpgsqlDbType.Uuid);
                await copy.WriteAsync(payloads[row], NpgsqlDbType.Bytea);
            }

            await copy.CompleteAsync();
        }

        return commits;
    }
}
