namespace Exporter.Storage.Sqlite;

/// <summary>Takes away what ended batches held, a bounded number of memberships at a time (rules C4, C5).</summary>
internal static class SqliteRelease
{
    private const string FreePages = "pragma freelist_count";
    private const int FreePagesToKeep = 4096;

    /// <summary>Few enough to stay in the cache: what spills over is written to the log before it is cut off.</summary>
    private const int FreePagesAtOnce = 256;

    public static bool IsNeeded(SqliteSession session, DateTimeOffset now) => FindEnded(session, now) is not null;

    public static int Run(SqliteSession session, int maxMembers, DateTimeOffset now) =>
        FindEnded(session, now) is { } ended ? Release(session, ended, maxMembers) : 0;

    private static Ended? FindEnded(SqliteSession session, DateTimeOffset now) => session.First(
        """
        select number, partition, released_to, to_sequence from batch
        where state in (3, 5) and released_to < to_sequence and release_at <= $1 order by release_at limit 1
        """,
        row => new Ended(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
        now);

    private static int Release(SqliteSession session, Ended ended, int maxMembers)
    {
        var members = SqliteMembers.Read(session, ended.Partition, ended.ReleasedTo, ended.ToSequence, maxMembers);
        foreach (var member in members)
            Forget(session, ended.Partition, member.Sequence, member.BlockId);

        var releasedTo = members.Count < maxMembers ? ended.ToSequence : members[^1].Sequence + 1;
        session.Execute("update batch set released_to = $2 where number = $1", ended.Number, releasedTo);
        return members.Count;
    }

    /// <summary>Ends one membership, and the block with its last one.</summary>
    public static void Forget(SqliteSession session, long partition, long sequence, Guid blockId)
    {
        session.Execute("delete from membership where partition = $1 and sequence = $2", partition, sequence);
        session.Execute("update block set remaining = remaining - 1 where id = $1", blockId);
        if (session.Execute("delete from block where id = $1 and remaining = 0", blockId) > 0)
            session.Execute("delete from block_payload where id = $1", blockId);
    }

    /// <summary>Forgets what has had its time, and gives free pages back, a bounded number at once.</summary>
    /// <param name="session">The writer's.</param>
    /// <param name="now">By the store's clock.</param>
    /// <param name="options">How long rows are kept.</param>
    /// <param name="isTight">Whether reports are refused for want of room: then every page goes back, or they would be refused for ever.</param>
    /// <returns>Whether all is done.</returns>
    public static bool Tidy(SqliteSession session, DateTimeOffset now, SqliteOptions options, bool isTight)
    {
        const string Old = "from batch where state in (3, 5) and released_to = to_sequence and ended_at < $1 order by ended_at limit 256";
        session.Execute($"delete from done_part where batch_id in (select id {Old})", now - options.KeepEndedBatches);
        session.Execute($"delete from batch where number in (select number {Old})", now - options.KeepEndedBatches);
        session.Execute(
            "delete from idempotency where (api_key, key) in (select api_key, key from idempotency where created_at < $1 limit 1024)",
            now - Delivery.Blocks.IdempotencyRecord.RememberedFor);
        session.Execute(
            """
            delete from partition where export_id not in (select id from export) and head_sequence = next_sequence
              and not exists (select 1 from membership where membership.partition = partition.number)
            """);
        var toKeep = isTight ? 0 : FreePagesToKeep;
        if (session.Scalar<long>(FreePages) > toKeep)
            session.Query($"pragma incremental_vacuum({FreePagesAtOnce})", _ => 0);
        return session.Scalar<long>(FreePages) <= toKeep;
    }

    private sealed record Ended(long Number, long Partition, long ReleasedTo, long ToSequence);
}
