using Exporter.Delivery.Exports;
using Exporter.Delivery.Faults;
using Exporter.Storage.Routing;

namespace Exporter.Storage.Postgres;

/// <summary>Seals partitions that are ripe by age, and those that new settings made ripe by count or bytes (rule S3).</summary>
internal sealed class PostgresRipeness(PostgresStore store)
{
    internal const string FindOld =
        """
        select number from exporter.partition
        where export_id = $1 and oldest_at is not null and oldest_at <= exporter.clock() - $2 order by oldest_at limit $3
        """;

    private const string FindLarge =
        """
        select number from exporter.partition
        where export_id = $1 and oldest_at is not null and (($2 > 0 and report_count >= $2) or payload_bytes >= $3) order by oldest_at limit $4
        """;

    private const string Hold =
        $"""
        select {PostgresPartitionRow.Columns}, exporter.clock() from exporter.partition p
        where p.number = any ($1) and p.oldest_at is not null order by p.export_id, p.key for update of p skip locked
        """;

    private const int AtOnce = 32;

    /// <summary>Routing itself sees what becomes ripe by count; only other settings than before ask for a pass over all.</summary>
    private long passedRevision = long.MinValue;

    public async Task<IReadOnlyList<ExportKind>> SealAsync(ExportSnapshot snapshot, int maxBatches, CancellationToken cancel)
    {
        var ripe = await FindAsync(snapshot, maxBatches, cancel);
        var kinds = new HashSet<ExportKind>();
        foreach (var chunk in ripe.Chunk(AtOnce))
        {
            Failpoint.Pass("seal.before");
            kinds.UnionWith(await store.TransactAsync(session => SealAsync(session, snapshot, chunk, cancel), cancel));
            Failpoint.Pass("seal.after");
        }

        return [.. kinds];
    }

    private async Task<List<long>> FindAsync(ExportSnapshot snapshot, int limit, CancellationToken cancel)
    {
        await using var session = await store.OpenAsync(cancel);
        var ripe = new List<long>();
        foreach (var export in snapshot.Enabled.TakeWhile(_ => ripe.Count < limit))
        {
            ripe.AddRange(await session.QueryAsync(FindOld, row => row.GetInt64(0), cancel, export.Id, export.Settings.MaxDelay, limit - ripe.Count));
            if (passedRevision != snapshot.Revision)
                ripe.AddRange(await session.QueryAsync(
                    FindLarge, row => row.GetInt64(0), cancel, export.Id, (long)export.Settings.BatchReports, export.Settings.MaxBatchBytes, limit));
        }

        if (ripe.Count < limit)
            passedRevision = snapshot.Revision;
        return [.. ripe.Distinct().Take(limit)];
    }

    private static async Task<HashSet<ExportKind>> SealAsync(PostgresSession session, ExportSnapshot snapshot, long[] numbers, CancellationToken cancel)
    {
        var held = await session.QueryAsync(Hold, row => (PostgresPartitionRow.Read(row), row.Time(13)), cancel, numbers);
        await using var pipeline = session.Pipeline();
        var kinds = new HashSet<ExportKind>();
        foreach (var ((exportId, partition), now) in held)
        {
            if (snapshot.ById.TryGetValue(exportId, out var export) && await SealAsync(session, pipeline, export, partition, now, cancel))
                kinds.Add(export.Kind);
        }

        if (pipeline.Count > 0)
            PostgresPartitionRow.Save(pipeline, [.. held.Select(row => row.Item1.Partition)]);
        await pipeline.ExecuteAsync(cancel);
        return kinds;
    }

    private static async Task<bool> SealAsync(
        PostgresSession session, PostgresPipeline pipeline, ExportDefinition export, PartitionState partition, DateTimeOffset now, CancellationToken cancel)
    {
        if (partition.TriggerOf(export) is not null)
            return await SealInPiecesAsync(session, pipeline, export, partition, now, cancel);
        if (partition.OldestAt > now - export.Settings.MaxDelay)
            return false;

        PostgresSealing.Seal(pipeline, export, partition, Delivery.Batches.BatchTrigger.Age, now);
        return true;
    }

    private static async Task<bool> SealInPiecesAsync(
        PostgresSession session, PostgresPipeline pipeline, ExportDefinition export, PartitionState partition, DateTimeOffset now, CancellationToken cancel)
    {
        var members = await PostgresMembers.ReadUnsealedAsync(session, partition, cancel);
        partition.Restart(partition.HeadSequence);
        var sealedAny = false;
        foreach (var (sequence, block) in members)
        {
            partition.Count(block);
            if (partition.TriggerOf(export) is not { } trigger)
                continue;

            PostgresSealing.Seal(pipeline, export, partition, trigger, now, sequence + 1);
            sealedAny = true;
        }

        return sealedAny;
    }
}
