using Exporter.Delivery.Exports;
using Exporter.Delivery.Faults;
using Exporter.Delivery.Routing;
using Exporter.Storage.Routing;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>Blocks into partitions, partitions into batches (rules S1 to S5, B5, B6); any number of routers at once.</summary>
public sealed class PostgresRoutingStore(PostgresStore store, ExportLimits limits) : IRoutingStore
{
    internal const string TakeUnrouted =
        """
        select id, api_key, source, report_count, payload_bytes, payload_sha256, received_at, first_observed_at, last_observed_at, number
        from exporter.block where not is_routed and number >= $1 order by number limit $2 for update skip locked
        """;

    private readonly PostgresPartitions partitions = new(store);
    private readonly PostgresRipeness ripeness = new(store);
    private readonly PostgresTidy tidy = new(store);

    /// <inheritdoc />
    public async Task<RouteResult> RouteAsync(ExportSnapshot snapshot, int maxBlocks, CancellationToken cancel)
    {
        Failpoint.Pass("route.before");
        var hint = store.Hints.Routing;
        var from = hint.Begin().From;
        try
        {
            var (result, next) = await store.TransactAsync(session => RouteAsync(session, snapshot, from, maxBlocks, cancel), cancel);
            if (result.Blocks > 0)
            {
                hint.Found(next);
                Failpoint.Pass("route.after");
            }

            return result;
        }
        catch
        {
            hint.Forget();
            throw;
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ExportKind>> SealRipeAsync(ExportSnapshot snapshot, int maxBatches, CancellationToken cancel)
    {
        var kinds = await ripeness.SealAsync(snapshot, maxBatches, cancel);
        await PostgresFullPolicy.ApplyAsync(store, snapshot, limits, cancel);
        return kinds;
    }

    /// <inheritdoc />
    public async Task<int> ReleaseAsync(int maxMembers, CancellationToken cancel)
    {
        var released = await store.TransactAsync(session => PostgresRelease.RunAsync(session, maxMembers, cancel), cancel);
        if (released > 0)
            Failpoint.Pass("release.after");
        await tidy.RunAsync(cancel);
        return released;
    }

    private async Task<(RouteResult Result, long Next)> RouteAsync(
        PostgresSession session, ExportSnapshot snapshot, long from, int maxBlocks, CancellationToken cancel)
    {
        var (revision, now, blocks) = await TakeAsync(session, from, snapshot.Enabled.Count == 0 ? 0 : maxBlocks, cancel);
        if (revision != snapshot.Revision)
            return (new(true, 0, new Dictionary<string, long>(), []), 0);
        if (blocks.Count == 0)
            return (new(false, 0, new Dictionary<string, long>(), []), 0);

        var matches = blocks.ConvertAll(taken => (taken.Block, Exports: snapshot.Enabled.Where(export => IsMatch(export, taken.Block)).ToList()));
        var held = await partitions.HoldAsync(
            session, matches.SelectMany(match => match.Exports.Select(export => (export, match.Block))), cancel);
        await using var pipeline = session.Pipeline();
        var routing = new PostgresRouting(pipeline, held, now);
        foreach (var (block, exports) in matches)
            routing.Route(block, exports);
        routing.Save();
        await pipeline.ExecuteAsync(cancel);
        return (new(false, blocks.Count, routing.ReportsByName, routing.SealedKinds), blocks[^1].Number + 1);
    }

    private static async Task<(long Revision, DateTimeOffset Now, List<(RoutedBlock Block, long Number)> Blocks)> TakeAsync(
        PostgresSession session, long from, int maxBlocks, CancellationToken cancel)
    {
        await using var pipeline = session.Pipeline()
            .ShareExports()
            .Add("select value, exporter.clock() from exporter.revision where name = 'exports'")
            .Add(TakeUnrouted, from, maxBlocks);
        await using var reader = await pipeline.ReadAsync(cancel);
        await reader.TakeAsync(_ => 0, cancel);
        var (revision, now) = (await reader.TakeAsync(row => (row.GetInt64(0), row.Time(1)), cancel))[0];
        return (revision, now, await reader.TakeAsync(row => (ReadBlock(row), row.GetInt64(9)), cancel));
    }

    internal static RoutedBlock ReadBlock(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.TextOrNull(1), row.GetString(2), row.GetInt32(3), row.GetInt32(4), row.Bytes(5), row.Time(6),
        row.Time(7).ToUnixTimeMilliseconds(), row.Time(8).ToUnixTimeMilliseconds());

    private static bool IsMatch(ExportDefinition export, RoutedBlock block) =>
        ExportMatch.Of(export, block.ApiKey, block.Source) == MatchResult.Matched;
}
