using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;

namespace Exporter.Storage.Postgres;

/// <summary>Holds exports to their own limits, where the operator set one (rule C7).</summary>
internal static class PostgresFullPolicy
{
    private const string Oldest =
        "select id, report_count, settled_reports from exporter.batch where export_id = $1 and state = 1 order by number limit 256 for update skip locked";

    private const string OldestPartition =
        $"""
        select {PostgresPartitionRow.Columns}, exporter.clock() from exporter.partition p
        where p.export_id = $1 and p.oldest_at is not null order by p.oldest_at limit 1 for update of p skip locked
        """;

    public static async Task ApplyAsync(PostgresStore store, ExportSnapshot snapshot, ExportLimits limits, CancellationToken cancel)
    {
        var limited = snapshot.Enabled.Where(export => export.Settings.FullPolicy != FullPolicy.Wait && export.Settings.MaxWaitingReports > 0).ToList();
        if (limited.Count == 0)
        {
            limits.Note(null);
            return;
        }

        var full = await store.RunAsync(session => FindAsync(session, FullPolicy.RefuseIngest, cancel), cancel);
        if (full.Count > 0)
            limits.Note(full[0].Name, full[0].Held, full[0].Most);
        else
            limits.Note(null);

        var over = await store.RunAsync(session => FindAsync(session, FullPolicy.DiscardOldest, cancel), cancel);
        foreach (var export in limited.Where(export => over.Exists(found => found.Name == export.Name)))
            limits.NoteDiscarded(export.Name, await store.TransactAsync(session => DiscardOldestAsync(session, export, cancel), cancel));
    }

    private static Task<List<(string Name, long Held, long Most)>> FindAsync(PostgresSession session, FullPolicy policy, CancellationToken cancel) =>
        session.QueryAsync(PostgresBooks.FullExports, row => (row.GetString(0), row.GetInt64(1), row.GetInt64(2)), cancel, policy.ToString());

    /// <summary>One instance at a time, and a bounded number at once: the next sweep goes on.</summary>
    private static async Task<long> DiscardOldestAsync(PostgresSession session, ExportDefinition export, CancellationToken cancel)
    {
        await session.HoldQueueAsync(export.Id, cancel);
        var book = await PostgresBooks.ReadAsync(session, export.Id, cancel);
        var excess = book is null ? 0 : book.Waiting + book.InFlight - export.Settings.MaxWaitingReports;
        if (excess <= 0)
            return 0;

        await SealOldestAsync(session, export, cancel);
        var oldest = await session.QueryAsync(Oldest, row => new WaitingBatch(row.GetGuid(0), row.GetInt64(1), row.GetInt64(2)), cancel, export.Id);
        var freed = 0L;
        var given = oldest.TakeWhile(batch =>
        {
            var isNeeded = freed < excess;
            freed += isNeeded ? batch.Reports - batch.Settled : 0;
            return isNeeded;
        }).ToList();
        var discarded = await PostgresEnds.DiscardAsync(session, given, cancel);
        await PostgresBooks.MoveAsync(session, PostgresBooks.Of(export.Id, waiting: -discarded, discarded: discarded), cancel);
        return discarded;
    }

    /// <summary>Where nothing is sealed, the oldest of what waits unsealed is.</summary>
    private static async Task SealOldestAsync(PostgresSession session, ExportDefinition export, CancellationToken cancel)
    {
        if (await session.ScalarAsync<bool>("select exists (select 1 from exporter.batch where export_id = $1 and state = 1)", cancel, export.Id))
            return;

        foreach (var ((_, partition), now) in await session.QueryAsync(
                     OldestPartition, row => (PostgresPartitionRow.Read(row), row.Time(13)), cancel, export.Id))
        {
            await using var pipeline = session.Pipeline();
            PostgresSealing.Seal(pipeline, export, partition, BatchTrigger.Age, now);
            PostgresPartitionRow.Save(pipeline, [partition]);
            await pipeline.ExecuteAsync(cancel);
        }
    }
}
