using Exporter.Delivery.Exports;
using Exporter.Delivery.Faults;
using Exporter.Delivery.Routing;
using Exporter.Storage.Routing;

namespace Exporter.Storage.Sqlite;

/// <summary>Blocks into partitions, partitions into batches (rules S1 to S5, B5, B6).</summary>
public sealed class SqliteRoutingStore(SqliteStore store, ExportLimits limits) : IRoutingStore
{
    private const string Nowhere = "none";
    private static readonly TimeSpan TidyInterval = TimeSpan.FromSeconds(10);
    private DateTimeOffset tidiedAt;

    /// <inheritdoc />
    public async Task<RouteResult> RouteAsync(ExportSnapshot snapshot, int maxBlocks, CancellationToken cancel)
    {
        Failpoint.Pass("route.before");
        var result = await store.Writer.RunAsync(session => Route(session, snapshot, maxBlocks));
        if (result.Blocks > 0)
            Failpoint.Pass("route.after");
        return result;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ExportKind>> SealRipeAsync(ExportSnapshot snapshot, int maxBatches, CancellationToken cancel)
    {
        var ripe = await store.Readers.ReadAsync(session => SqliteRipeness.Find(session, snapshot, store.Clock.Now, maxBatches), cancel);
        var kinds = new HashSet<ExportKind>();
        foreach (var (export, partition) in ripe)
        {
            Failpoint.Pass("seal.before");
            if (await store.Writer.RunAsync(session => SqliteRipeness.Seal(session, export, partition, store.Clock.Now)))
                kinds.Add(export.Kind);
            Failpoint.Pass("seal.after");
        }

        await SqliteFullPolicy.ApplyAsync(store, snapshot, limits, cancel);
        return [.. kinds];
    }

    /// <inheritdoc />
    public async Task<int> ReleaseAsync(int maxMembers, CancellationToken cancel)
    {
        var now = store.Clock.Now;
        if (!await store.Readers.ReadAsync(session => SqliteRelease.IsNeeded(session, now), cancel))
        {
            var isTight = store.Room.Refusal is not null;
            if (isTight || now - tidiedAt > TidyInterval)
            {
                if (await store.Writer.RunAsync(session => SqliteRelease.Tidy(session, now, store.Options, isTight)))
                    tidiedAt = now;
            }

            return 0;
        }

        var released = await store.Writer.RunAsync(session => SqliteRelease.Run(session, maxMembers, now));
        if (released > 0)
            Failpoint.Pass("release.after");
        return released;
    }

    private RouteResult Route(SqliteSession session, ExportSnapshot snapshot, int maxBlocks)
    {
        if (session.Scalar<long>("select value from revision where name = 'exports'") != snapshot.Revision)
            return new(true, 0, new Dictionary<string, long>(), []);
        if (snapshot.Enabled.Count == 0)
            return new(false, 0, new Dictionary<string, long>(), []);

        var blocks = session.Query(
            """
            select id, api_key, source, report_count, payload_bytes, payload_sha256, received_at, first_observed_at, last_observed_at
            from block where remaining is null order by number limit $1
            """,
            row => new RoutedBlock(
                row.Id(0), row.TextOrNull(1), row.GetString(2), row.GetInt32(3), row.GetInt64(4), row.Bytes(5), row.Time(6), row.GetInt64(7), row.GetInt64(8)),
            maxBlocks);

        var partitions = new SqlitePartitions(session, store.Clock.Now);
        var reports = new Dictionary<string, long>();
        foreach (var block in blocks)
            RouteBlock(session, snapshot, partitions, block, reports);
        partitions.Save();
        return new(false, blocks.Count, reports, [.. partitions.SealedKinds]);
    }

    private static void RouteBlock(
        SqliteSession session, ExportSnapshot snapshot, SqlitePartitions partitions, RoutedBlock block, Dictionary<string, long> reports)
    {
        var matched = 0;
        foreach (var export in snapshot.Enabled)
        {
            if (ExportMatch.Of(export, block.ApiKey, block.Source) != MatchResult.Matched)
                continue;

            matched++;
            partitions.Append(export, block);
            reports[export.Name] = reports.GetValueOrDefault(export.Name) + block.ReportCount;
        }

        if (matched > 0)
        {
            session.Execute("update block set remaining = $2 where id = $1", block.Id, matched);
            return;
        }

        session.Execute("delete from block where id = $1", block.Id);
        session.Execute("delete from block_payload where id = $1", block.Id);
        reports[Nowhere] = reports.GetValueOrDefault(Nowhere) + block.ReportCount;
    }
}
