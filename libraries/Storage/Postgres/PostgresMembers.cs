using Exporter.Delivery.Batches;
using Exporter.Storage.Routing;

namespace Exporter.Storage.Postgres;

/// <summary>The blocks of a range of a partition, in order.</summary>
internal static class PostgresMembers
{
    internal const string OfBatch =
        """
        select m.sequence, m.block_id, m.report_count, b.payload_sha256
        from exporter.membership m join exporter.block b on b.id = m.block_id
        where m.partition = (select partition from exporter.batch where id = $1) and m.sequence >= $2 and m.sequence < $3
        order by m.sequence limit $4
        """;

    private const string Unsealed =
        """
        select b.id, b.api_key, b.source, b.report_count, b.payload_bytes, b.payload_sha256, b.received_at, b.first_observed_at, b.last_observed_at, m.sequence
        from exporter.membership m join exporter.block b on b.id = m.block_id
        where m.partition = $1 and m.sequence >= $2 and m.sequence < $3 order by m.sequence
        """;

    public static Task<List<BatchMember>> ReadAsync(PostgresSession session, Batch batch, long from, int limit, CancellationToken cancel) => session.QueryAsync(
        OfBatch, row => new BatchMember(row.GetInt64(0), row.GetGuid(1), row.GetInt32(2), row.Bytes(3)), cancel, batch.Id, from, batch.ToSequence, limit);

    public static Task<List<(long Sequence, RoutedBlock Block)>> ReadUnsealedAsync(PostgresSession session, PartitionState partition, CancellationToken cancel) =>
        session.QueryAsync(
            Unsealed, row => (row.GetInt64(9), PostgresRoutingStore.ReadBlock(row)), cancel, partition.Number, partition.HeadSequence, partition.NextSequence);
}
