namespace Exporter.Storage.Sqlite;

/// <summary>Removes an export and gives up what it holds, when the operator named the exact number (rule S5).</summary>
internal static class SqliteExportRemoval
{
    public static long? Delete(SqliteSession session, Guid id, long discardCount, DateTimeOffset now, Func<long> raiseRevision)
    {
        if (session.Scalar<long>("select count(*) from export where id = $1", id) == 0)
            return null;

        var held = session.Scalar<long>("select waiting + in_flight + dead from book where export_id = $1", id);
        if (held != discardCount)
            return held;

        session.Execute("delete from done_part where batch_id in (select id from batch where export_id = $1 and state in (1, 2, 4))", id);
        session.Execute("update batch set state = 5, lease_until = null, ended_at = $2, release_at = $2 where export_id = $1 and state in (1, 2, 4)", id, now);
        DiscardUnsealed(session, id, now);
        session.Execute("delete from dead_letter where export_id = $1", id);
        session.Execute("delete from circuit where export_id = $1", id);
        session.Execute("delete from book where export_id = $1", id);
        session.Execute("delete from export where id = $1", id);
        raiseRevision();
        return held;
    }

    private static void DiscardUnsealed(SqliteSession session, Guid id, DateTimeOffset now)
    {
        var partitions = session.Query(
            $"select {SqlitePartitionRow.Columns} from partition where export_id = $1 and oldest_at is not null", SqlitePartitionRow.Read, id);
        foreach (var partition in partitions)
        {
            SqliteSealing.SealDiscarded(session, id, partition, now);
            partition.Save(session);
        }
    }
}
