namespace Exporter.Storage.Sqlite;

/// <summary>Blocks that stayed when their last membership went (rule C4).</summary>
internal static class SqliteOrphans
{
    /// <summary>
    /// Memberships are not indexed by block. So blocks are looked at that are older than the first member of every partition,
    /// none as a rule, and only if there are any the memberships are read through, in the same snapshot.
    /// </summary>
    private const string Orphans =
        """
        with needed (number) as (
          select min((select number from block where id = (select block_id from membership where partition = p.number order by sequence limit 1)))
          from partition p
        ), old (id) as materialized (
          select id from (
            select id, remaining from block where number < coalesce((select number from needed), 9223372036854775807) order by number limit $1)
          where remaining is not null)
        select id from old where id not in (select block_id from membership where block_id in (select id from old))
        """;

    public static IReadOnlyList<Guid> Find(SqliteSession session, int mostBlocks) => session.Query(Orphans, row => row.Id(0), mostBlocks);
}
