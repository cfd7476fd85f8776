using Exporter.Storage.Routing;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>A partition's row as the domain knows it.</summary>
internal static class PostgresPartitionRow
{
    public const string Columns =
        """
        p.number, p.key, p.source, p.api_key, p.report_count, p.payload_bytes, p.oldest_at, p.first_observed_at, p.last_observed_at,
        p.head_sequence, p.next_sequence, p.members_sha256, p.export_id
        """;

    private const string SaveAll =
        """
        update exporter.partition p set
          report_count = s.report_count, payload_bytes = s.payload_bytes, oldest_at = s.oldest_at, first_observed_at = s.first_observed_at,
          last_observed_at = s.last_observed_at, head_sequence = s.head_sequence, next_sequence = s.next_sequence, members_sha256 = s.members_sha256
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
          as s (number, report_count, payload_bytes, oldest_at, first_observed_at, last_observed_at, head_sequence, next_sequence, members_sha256)
        where p.number = s.number
        """;

    public static (Guid ExportId, PartitionState Partition) Read(NpgsqlDataReader row) => (row.GetGuid(12), new()
    {
        Number = row.GetInt64(0),
        Key = row.GetString(1),
        Source = row.TextOrNull(2),
        ApiKey = row.TextOrNull(3),
        ReportCount = row.GetInt64(4),
        PayloadBytes = row.GetInt64(5),
        OldestAt = row.TimeOrNull(6),
        FirstObservedAt = row.TimeOrNull(7)?.ToUnixTimeMilliseconds() ?? long.MaxValue,
        LastObservedAt = row.TimeOrNull(8)?.ToUnixTimeMilliseconds() ?? long.MinValue,
        HeadSequence = row.GetInt64(9),
        NextSequence = row.GetInt64(10),
        MembersSha256 = row.Bytes(11),
    });

    public static void Save(PostgresPipeline pipeline, IReadOnlyCollection<PartitionState> partitions)
    {
        if (partitions.Count == 0)
            return;

        pipeline.Add(
            SaveAll,
            partitions.Select(partition => partition.Number).ToArray(),
            partitions.Select(partition => partition.ReportCount).ToArray(),
            partitions.Select(partition => partition.PayloadBytes).ToArray(),
            PostgresValue.Times(partitions.Select(partition => partition.OldestAt)),
            PostgresValue.Times(partitions.Select(partition => Observed(partition, partition.FirstObservedAt))),
            PostgresValue.Times(partitions.Select(partition => Observed(partition, partition.LastObservedAt))),
            partitions.Select(partition => partition.HeadSequence).ToArray(),
            partitions.Select(partition => partition.NextSequence).ToArray(),
            partitions.Select(partition => partition.MembersSha256).ToArray());
    }

    private static DateTimeOffset? Observed(PartitionState partition, long milliseconds) =>
        partition.OldestAt is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
