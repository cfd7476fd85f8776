using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Storage.Routing;

namespace Exporter.Storage.Sqlite;

/// <summary>Which partitions hold a batch: by count and bytes at routing, by age in the sweep (rules S3, S4).</summary>
internal static class SqliteRipeness
{
    /// <summary>Partitions that are ripe by age, or that lowered settings made ripe.</summary>
    public static List<(ExportDefinition Export, long Partition)> Find(
        SqliteSession session, ExportSnapshot snapshot, DateTimeOffset now, int limit)
    {
        var ripe = new List<(ExportDefinition, long)>();
        foreach (var export in snapshot.Enabled)
        {
            ripe.AddRange(session.Query(
                """
                select number from partition where export_id = $1 and oldest_at is not null
                  and (oldest_at <= $2 or ($3 > 0 and report_count >= $3) or payload_bytes >= $4)
                order by oldest_at limit $5
                """,
                row => (export, row.GetInt64(0)),
                export.Id, now - export.Settings.MaxDelay, export.Settings.BatchReports, export.Settings.MaxBatchBytes, limit - ripe.Count));
        }

        return ripe;
    }

    /// <summary>Seals one ripe partition, cut so that no batch is much larger than the settings say; false when it is no longer ripe.</summary>
    public static bool Seal(SqliteSession session, ExportDefinition export, long number, DateTimeOffset now)
    {
        var partition = session.First($"select {SqlitePartitionRow.Columns} from partition where number = $1", SqlitePartitionRow.Read, number);
        if (partition?.OldestAt is null)
            return false;

        var sealedAny = partition.TriggerOf(export) is null
            ? SealByAge(session, export, partition, now)
            : SealInPieces(session, export, partition, now);
        partition.Save(session);
        return sealedAny;
    }

    private static bool SealByAge(SqliteSession session, ExportDefinition export, PartitionState partition, DateTimeOffset now)
    {
        if (partition.OldestAt > now - export.Settings.MaxDelay)
            return false;

        SqliteSealing.Seal(session, export, partition, BatchTrigger.Age, now);
        return true;
    }

    private static bool SealInPieces(SqliteSession session, ExportDefinition export, PartitionState partition, DateTimeOffset now)
    {
        var members = SqliteMembers.ReadUnsealed(session, partition);
        partition.Restart(partition.HeadSequence);
        var sealedAny = false;
        foreach (var (sequence, block) in members)
        {
            partition.Count(block);
            if (partition.TriggerOf(export) is not { } trigger)
                continue;

            SqliteSealing.Seal(session, export, partition, trigger, now, sequence + 1);
            sealedAny = true;
        }

        return sealedAny;
    }
}
