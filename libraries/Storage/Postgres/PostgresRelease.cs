namespace Exporter.Storage.Postgres;

/// <summary>Takes away what ended batches held, a bounded number of memberships at a time (rules C4, C5).</summary>
internal static class PostgresRelease
{
    internal const string TakeEnded =
        """
        select id, partition, released_to, to_sequence from exporter.batch
        where state in (3, 5) and released_to < to_sequence and release_at <= exporter.clock()
        order by release_at limit 16 for update skip locked
        """;

    internal const string Members =
        """
        select sequence, block_id from exporter.membership
        where partition = $1 and sequence >= $2 and sequence < $3 order by sequence limit $4
        """;

    private const string HoldBlocks = "select id from exporter.block where id = any ($1) order by id for update";

    internal const string DeleteBlocks =
        "delete from exporter.block b using unnest($1, $2) as gone (id, members) where b.id = gone.id and b.remaining <= gone.members";

    internal const string CountDown =
        """
        update exporter.block b set remaining = b.remaining - gone.members
        from unnest($1, $2) as gone (id, members) where b.id = gone.id and b.remaining > gone.members
        """;

    private const string DeleteMembers = "delete from exporter.membership where partition = $1 and sequence >= $2 and sequence < $3";

    private const string MarkReleased = "update exporter.batch set released_to = $2 where id = $1";

    public static async Task<int> RunAsync(PostgresSession session, int maxMembers, CancellationToken cancel)
    {
        var ended = await session.QueryAsync(
            TakeEnded, row => new Ended(row.GetGuid(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), cancel);
        await using var pipeline = session.Pipeline();
        var blocks = new List<Guid>();
        foreach (var batch in ended.TakeWhile(_ => blocks.Count < maxMembers))
        {
            var room = maxMembers - blocks.Count;
            var members = await session.QueryAsync(
                Members, row => (Sequence: row.GetInt64(0), Block: row.GetGuid(1)), cancel, batch.Partition, batch.ReleasedTo, batch.ToSequence, room);
            var releasedTo = members.Count < room ? batch.ToSequence : members[^1].Sequence + 1;
            pipeline.Add(DeleteMembers, batch.Partition, batch.ReleasedTo, releasedTo).Add(MarkReleased, batch.Id, releasedTo);
            blocks.AddRange(members.Select(member => member.Block));
        }

        await ForgetAsync(session, pipeline, blocks, cancel);
        return blocks.Count;
    }

    /// <summary>Ends one membership in each of the blocks (twice where it is named twice), and the blocks with their last ones.</summary>
    /// <param name="session">In a transaction.</param>
    /// <param name="pipeline">What else is to be done; it is run here.</param>
    /// <param name="blocks">The blocks.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public static async Task ForgetAsync(PostgresSession session, PostgresPipeline pipeline, IReadOnlyList<Guid> blocks, CancellationToken cancel)
    {
        if (blocks.Count > 0)
        {
            var gone = blocks.CountBy(id => id).ToList();
            var (ids, counts) = (gone.Select(block => block.Key).ToArray(), gone.Select(block => block.Value).ToArray());
            await session.ExecuteAsync(HoldBlocks, cancel, ids);
            pipeline.Add(DeleteBlocks, ids, counts).Add(CountDown, ids, counts);
        }

        await pipeline.ExecuteAsync(cancel);
    }

    private sealed record Ended(Guid Id, long Partition, long ReleasedTo, long ToSequence);
}
