using Exporter.Bench.Figures;
using Exporter.Bench.Load;
using Exporter.Bench.Runs;
using Exporter.Storage.Postgres;
using Exporter.TestKit.Servers;
using Npgsql;

namespace Exporter.Bench.Postgres;

/// <summary>The store on PostgreSQL, without doors and destinations: what it takes in, and all of a report's way within it.</summary>
internal static class PostgresRun
{
    private const int Distinct = 8000;
    private const int BlockReports = 1000;

    public static async Task RunAsync(RunOptions options, Page page)
    {
        var blocks = ReportPool.Make(Distinct).Chunk(BlockReports).Select(ReportPool.Packed).ToList();
        await using var server = await PostgresServer.StartAsync();
        var time = TimeSpan.FromSeconds(options.Seconds ?? 10);
        foreach (var connections in new[] { 1, 2 })
            await CopyCeiling.RunAsync(await SourceAsync(server), blocks, connections, time / 2, page);
        foreach (var writers in new[] { 1, 2 })
            await StoreCommits.RunAsync(new(await SourceAsync(server)), blocks, writers, time / 2, page);
        await StoreWay.RunAsync(new(await SourceAsync(server)), blocks, time * 2, page);
        await ClaimTimes.RunAsync(new(await SourceAsync(server)), page);
    }

    private static async Task<NpgsqlDataSource> SourceAsync(PostgresServer server)
    {
        var source = PostgresConnections.Create(await server.CreateDatabaseAsync($"bench_{Guid.NewGuid():n}"), new PostgresOptions());
        await PostgresMigrations.ApplyAsync(source, CancellationToken.None);
        return source;
    }
}
