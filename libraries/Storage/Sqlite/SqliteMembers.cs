using Exporter.Delivery.Batches;
using Exporter.Storage.Routing;
using Microsoft.Data.Sqlite;

namespace Exporter.Storage.Sqlite;

/// <summary>The blocks of a range of a partition, in order.</summary>
internal static class SqliteMembers
{
    public static List<(long Sequence, RoutedBlock Block)> ReadUnsealed(SqliteSession session, PartitionState partition) => session.Query(
        """
        select m.sequence, b.id, b.api_key, b.source, b.report_count, b.payload_bytes, b.payload_sha256, b.received_at, b.first_observed_at, b.last_observed_at
        from membership m join block b on b.id = m.block_id
        where m.partition = $1 and m.sequence >= $2 and m.sequence < $3 order by m.sequence
        """,
        row => (row.GetInt64(0), ReadBlock(row)),
        partition.Number, partition.HeadSequence, partition.NextSequence);

    public static List<BatchMember> Read(SqliteSession session, long partition, long from, long to, int limit) => session.Query(
        """
        select m.sequence, m.block_id, m.report_count, b.payload_sha256
        from membership m join block b on b.id = m.block_id
        where m.partition = $1 and m.sequence >= $2 and m.sequence < $3 order by m.sequence limit $4
        """,
        row => new BatchMember(row.GetInt64(0), row.Id(1), row.GetInt32(2), row.Bytes(3)),
        partition, from, to, limit);

    private static RoutedBlock ReadBlock(SqliteDataReader row) => new(
        row.Id(1), row.TextOrNull(2), row.GetString(3), row.GetInt32(4), row.GetInt64(5), row.Bytes(6), row.Time(7), row.GetInt64(8), row.GetInt64(9));
}
