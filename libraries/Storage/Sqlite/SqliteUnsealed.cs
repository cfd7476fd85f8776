using Exporter.Storage.Routing;

namespace Exporter.Storage.Sqlite;

/// <summary>What waits unsealed and matches skip rules (rule S2).</summary>
internal static class SqliteUnsealed
{
    public static long Count(SqliteSession session, Guid exportId, IReadOnlyList<string> skipKeys, IReadOnlyList<string> skipSources)
    {
        var reports = 0L;
        foreach (var partition in Partitions(session, exportId))
            reports += SqliteMembers.ReadUnsealed(session, partition).Where(member => IsSkipped(member.Block, skipKeys, skipSources)).Sum(member => member.Block.ReportCount);
        return reports;
    }

    public static long Discard(SqliteSession session, Guid exportId, IReadOnlyList<string> skipKeys, IReadOnlyList<string> skipSources)
    {
        var reports = 0L;
        foreach (var partition in Partitions(session, exportId))
        {
            var members = SqliteMembers.ReadUnsealed(session, partition);
            partition.Restart(partition.HeadSequence);
            foreach (var (sequence, block) in members)
            {
                if (!IsSkipped(block, skipKeys, skipSources))
                {
                    partition.Count(block);
                    continue;
                }

                SqliteRelease.Forget(session, partition.Number, sequence, block.Id);
                reports += block.ReportCount;
            }

            partition.Save(session);
        }

        SqliteBooks.Move(session, exportId, "waiting", "discarded", reports);
        return reports;
    }

    private static List<PartitionState> Partitions(SqliteSession session, Guid exportId) => session.Query(
        $"select {SqlitePartitionRow.Columns} from partition where export_id = $1 and oldest_at is not null", SqlitePartitionRow.Read, exportId);

    private static bool IsSkipped(RoutedBlock block, IReadOnlyList<string> skipKeys, IReadOnlyList<string> skipSources) =>
        (block.ApiKey is not null && skipKeys.Contains(block.ApiKey)) || skipSources.Contains(block.Source);
}
