using Exporter.Delivery.Batches;

namespace Exporter.Storage.Sqlite;

/// <summary>How batches end that nobody is sending.</summary>
internal static class SqliteEnds
{
    /// <summary>Ends a dead batch with its last dead letter; what of it was delivered is retained as long as any delivered batch (rule C5).</summary>
    public static void EndDead(SqliteSession session, Guid batchId, DateTimeOffset now) => session.Execute(
        """
        update batch set
          state = iif(was.is_delivered, 3, 5), ended_at = iif(was.is_delivered, coalesce(ended_at, $2), $2), release_at = iif(was.is_delivered, max(coalesce(release_at, $2), $2), $2)
        from (select exists (select 1 from done_part where batch_id = $1 and outcome = 3) as is_delivered) as was
        where id = $1 and state = 4 and not exists (select 1 from dead_letter where batch_id = $1)
        """,
        batchId, now);

    /// <summary>Gives up what of a waiting batch is not settled; its dead letters stay open (rule C7).</summary>
    /// <returns>Reports given up.</returns>
    public static long Discard(SqliteSession session, Guid batchId, long reportCount, DateTimeOffset now)
    {
        var runs = SqliteParts.Read(session, batchId, new(0, reportCount));
        var rest = SettledRun.Gaps(new(0, reportCount), runs);
        session.Execute(
            "update batch set state = $3, settled_reports = iif($3 = 4, report_count, 0), ended_at = $2, release_at = $2 where id = $1",
            batchId, now, runs.Count == 0 ? BatchState.Discarded : BatchState.Dead);
        if (runs.Count > 0)
        {
            SqliteParts.Add(session, batchId, BatchState.Discarded, rest);
            EndDead(session, batchId, now);
        }

        return rest.Sum(run => run.Count);
    }
}
