using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.Storage.Routing;

namespace Exporter.Storage.Postgres;

/// <summary>Makes batches of what waits in partitions: two rows each, whatever the size (rule S3). The caller saves the partitions.</summary>
internal static class PostgresSealing
{
    private const string Insert =
        """
        insert into exporter.batch (id, export_id, partition, partition_key, from_sequence, to_sequence, released_to, report_count, payload_bytes,
          trigger, state, due_at, sealed_at, oldest_at, first_observed_at, last_observed_at, members_sha256,
          location, format, compression, compression_level, request_reports, ended_at, release_at)
        values ($1, $2, $3, $4, $5, $6, $5, $7, $8, $9, $10, $11, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
          case when $10 = 5 then $11 end, case when $10 = 5 then $11 end)
        """;

    public static void Seal(
        PostgresPipeline pipeline, ExportDefinition export, PartitionState partition, BatchTrigger trigger, DateTimeOffset now, long? toSequence = null)
    {
        var id = Guid.NewGuid();
        var target = ObjectTargets.Freeze(export, partition.Source ?? "", partition.ApiKey, now, id);
        Add(pipeline, export.Id, id, target, RequestSize.Freeze(export), partition, trigger, BatchState.Sealed, now, toSequence ?? partition.NextSequence);
    }

    /// <summary>Makes a batch that is given up at once, so that the sweep takes its blocks away.</summary>
    public static void SealDiscarded(PostgresPipeline pipeline, Guid exportId, PartitionState partition, DateTimeOffset now) =>
        Add(pipeline, exportId, Guid.NewGuid(), null, null, partition, BatchTrigger.Age, BatchState.Discarded, now, partition.NextSequence);

    private static void Add(
        PostgresPipeline pipeline, Guid exportId, Guid id, ObjectTarget? target, int? requestReports, PartitionState partition, BatchTrigger trigger,
        BatchState state, DateTimeOffset now, long toSequence)
    {
        pipeline.Add(
            Insert,
            id, exportId, partition.Number, partition.Key, partition.HeadSequence, toSequence, partition.ReportCount, partition.PayloadBytes,
            trigger, state, now, partition.OldestAt!.Value,
            DateTimeOffset.FromUnixTimeMilliseconds(partition.FirstObservedAt), DateTimeOffset.FromUnixTimeMilliseconds(partition.LastObservedAt),
            partition.MembersSha256, PostgresValue.Text(target?.Location), PostgresValue.Integer((int?)target?.Format),
            PostgresValue.Integer((int?)target?.Compression), PostgresValue.Integer((int?)target?.Level),
            PostgresValue.Integer(requestReports));
        partition.Restart(toSequence);
    }
}
