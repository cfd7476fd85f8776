using Exporter.Storage.Routing;
using Microsoft.Data.Sqlite;

namespace Exporter.Storage.Sqlite;

/// <summary>A partition's row as the domain knows it.</summary>
internal static class SqlitePartitionRow
{
    public const string Columns =
        "number, key, source, api_key, report_count, payload_bytes, oldest_at, first_observed_at, last_observed_at, head_sequence, next_sequence, members_sha256";

    public static PartitionState Read(SqliteDataReader row) => new()
    {
        Number = row.GetInt64(0),
        Key = row.GetString(1),
        Source = row.TextOrNull(2),
        ApiKey = row.TextOrNull(3),
        ReportCount = row.GetInt64(4),
        PayloadBytes = row.GetInt64(5),
        OldestAt = row.TimeOrNull(6),
        FirstObservedAt = row.LongOrNull(7) ?? long.MaxValue,
        LastObservedAt = row.LongOrNull(8) ?? long.MinValue,
        HeadSequence = row.GetInt64(9),
        NextSequence = row.GetInt64(10),
        MembersSha256 = row.Bytes(11),
    };

    public static void Save(this PartitionState partition, SqliteSession session) => session.Execute(
        """
        update partition set report_count = $2, payload_bytes = $3, oldest_at = $4, first_observed_at = $5, last_observed_at = $6,
          head_sequence = $7, next_sequence = $8, members_sha256 = $9
        where number = $1
        """,
        partition.Number, partition.ReportCount, partition.PayloadBytes, partition.OldestAt,
        partition.OldestAt is null ? null : partition.FirstObservedAt, partition.OldestAt is null ? null : partition.LastObservedAt,
        partition.HeadSequence, partition.NextSequence, partition.MembersSha256);
}
