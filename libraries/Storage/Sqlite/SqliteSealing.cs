using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.Storage.Routing;

namespace Exporter.Storage.Sqlite;

/// <summary>Makes a batch of everything that waits in a partition: two rows, whatever its size (rule S3).</summary>
internal static class SqliteSealing
{
    public static void Seal(SqliteSession session, ExportDefinition export, PartitionState partition, BatchTrigger trigger, DateTimeOffset now) =>
        Seal(session, export, partition, trigger, now, partition.NextSequence);

    /// <summary>Seals up to a sequence number; the partition's counts must be of exactly that range. The caller saves the partition.</summary>
    public static void Seal(
        SqliteSession session, ExportDefinition export, PartitionState partition, BatchTrigger trigger, DateTimeOffset now, long toSequence)
    {
        var id = Guid.NewGuid();
        var target = ObjectTargets.Freeze(export, partition.Source ?? "", partition.ApiKey, now, id);
        Insert(session, export.Id, id, target, RequestSize.Freeze(export), partition, trigger, now, toSequence);
        partition.Restart(toSequence);
    }

    /// <summary>Makes a batch that is given up at once, so that the sweep takes its blocks away. The caller saves the partition.</summary>
    public static void SealDiscarded(SqliteSession session, Guid exportId, PartitionState partition, DateTimeOffset now)
    {
        var id = Guid.NewGuid();
        Insert(session, exportId, id, null, null, partition, BatchTrigger.Age, now, partition.NextSequence);
        session.Execute("update batch set state = 5, ended_at = $2, release_at = $2 where id = $1", id, now);
        partition.Restart(partition.NextSequence);
    }

    private static void Insert(
        SqliteSession session, Guid exportId, Guid id, ObjectTarget? target, int? requestReports, PartitionState partition, BatchTrigger trigger,
        DateTimeOffset now, long toSequence)
    {
        session.Execute(
            """
            insert into batch (id, export_id, partition, partition_key, from_sequence, to_sequence, released_to, report_count, payload_bytes,
              trigger, state, attempt, due_at, sealed_at, oldest_at, first_observed_at, last_observed_at, members_sha256,
              location, format, compression, compression_level, request_reports)
            values ($1, $2, $3, $4, $5, $6, $5, $7, $8, $9, 1, 0, $10, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
            """,
            id, exportId, partition.Number, partition.Key, partition.HeadSequence, toSequence, partition.ReportCount, partition.PayloadBytes,
            trigger, now, partition.OldestAt, partition.FirstObservedAt, partition.LastObservedAt, partition.MembersSha256,
            target?.Location, target?.Format, target?.Compression, target?.Level, requestReports);
    }
}
