namespace Exporter.Storage.Postgres;

/// <summary>Removes an export and gives up what it holds, when the operator named the exact number (rule S5).</summary>
internal static class PostgresExportRemoval
{
    private const string HoldPartitions =
        $"""
        select {PostgresPartitionRow.Columns}, exporter.clock() from exporter.partition p
        where p.export_id = $1 and p.oldest_at is not null order by p.export_id, p.key for update of p
        """;

    private const string HoldBatches = "select count(*) from (select 1 from exporter.batch where export_id = $1 and state in (1, 2, 4) order by number for update) as held";

    private const string Parts =
        "delete from exporter.done_part where batch_id = any (array(select id from exporter.batch where export_id = $1 and state in (1, 2, 4)))";

    private const string Discard =
        """
        update exporter.batch set state = 5, is_deferred = false, lease_until = null, ended_at = exporter.clock(), release_at = exporter.clock()
        where export_id = $1 and state in (1, 2, 4)
        """;

    /// <summary>Runs in a transaction that holds the exports. While their rows are held nothing can be routed, sealed, claimed or ended.</summary>
    /// <returns>What the export holds, or null when there is none.</returns>
    public static async Task<long?> DeleteAsync(PostgresSession session, Guid id, long discardCount, CancellationToken cancel)
    {
        if (!await session.ScalarAsync<bool>("select exists (select 1 from exporter.export where id = $1)", cancel, id))
            return null;

        await session.HoldQueueAsync(id, cancel);
        var partitions = await session.QueryAsync(HoldPartitions, row => (PostgresPartitionRow.Read(row).Partition, Now: row.Time(13)), cancel, id);
        await session.ScalarAsync<long>(HoldBatches, cancel, id);
        var book = await PostgresBooks.ReadAsync(session, id, cancel);
        var held = book is null ? 0 : book.Waiting + book.InFlight + book.Dead;
        if (held != discardCount)
            return held;

        await using var pipeline = session.Pipeline();
        foreach (var (partition, now) in partitions)
            PostgresSealing.SealDiscarded(pipeline, id, partition, now);
        PostgresPartitionRow.Save(pipeline, [.. partitions.Select(row => row.Partition)]);
        pipeline.Add(Parts, id).Add(Discard, id);
        foreach (var table in (string[])["dead_letter", "circuit", "book_entry", "book"])
            pipeline.Add($"delete from exporter.{table} where export_id = $1", id);
        pipeline.Add("delete from exporter.export where id = $1", id);
        await pipeline.ExecuteAsync(cancel);
        return held;
    }
}
