namespace Exporter.Storage.Postgres;

/// <summary>Blocks that stayed when their last membership went (rule C4).</summary>
internal static class PostgresOrphans
{
    /// <summary>
    /// Memberships are not indexed by block. So blocks are looked at that are older than the first member of every partition (ids
    /// are in the order of time, nearly), none as a rule, and only if there are any the memberships are read through, in the same
    /// snapshot.
    /// </summary>
    internal const string Orphans =
        """
        with needed as (
          select first.block_id from exporter.partition p
          cross join lateral (select block_id from exporter.membership where partition = p.number order by sequence limit 1) as first
          order by first.block_id limit 1
        ), old as materialized (
          select id from (
            select id, is_routed from exporter.block
            where id < coalesce((select block_id from needed), 'ffffffff-ffff-ffff-ffff-ffffffffffff') order by id limit $1) as oldest
          where is_routed)
        select id from old where id not in (select block_id from exporter.membership where block_id in (select id from old))
        """;

    public static Task<List<Guid>> FindAsync(PostgresSession session, int mostBlocks, CancellationToken cancel) =>
        session.QueryAsync(Orphans, row => row.GetGuid(0), cancel, mostBlocks);
}
