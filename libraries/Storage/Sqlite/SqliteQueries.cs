using Exporter.Delivery.Batches;
using Exporter.Delivery.Queries;

namespace Exporter.Storage.Sqlite;

/// <summary>What operators see.</summary>
public sealed class SqliteQueries(SqliteStore store, ExportLimits limits) : IDeliveryQueries
{
    private const int MostUnroutedCounted = 100_000;

    /// <inheritdoc />
    public Task<IReadOnlyList<QueueView>> ListQueuesAsync(Guid? exportId, int limit, CancellationToken cancel) =>
        store.Readers.ReadAsync<IReadOnlyList<QueueView>>(
            session => session.Query(
                """
                select export_id, key, report_count, payload_bytes, oldest_at from partition
                where oldest_at is not null and ($1 is null or export_id = $1) order by oldest_at limit $2
                """,
                row => new QueueView(row.Id(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.Time(4)),
                exportId, limit),
            cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<BatchView>> ListBatchesAsync(Guid? exportId, BatchState? state, long? before, int limit, CancellationToken cancel) =>
        store.Readers.ReadAsync<IReadOnlyList<BatchView>>(
            session => session.Query(
                $"""
                select {SqliteBatchRow.Columns} from batch
                where number < $3 and ($1 is null or export_id = $1) and ($2 is null or state = $2) order by number desc limit $4
                """,
                SqliteBatchRow.Read, exportId, state, before ?? long.MaxValue, limit),
            cancel);

    /// <inheritdoc />
    public Task<BatchView?> FindBatchAsync(Guid id, CancellationToken cancel) => store.Readers.ReadAsync(
        session => session.First($"select {SqliteBatchRow.Columns} from batch where id = $1", SqliteBatchRow.Read, id), cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<OldestBatch>> ListOldestBatchesAsync(CancellationToken cancel) => store.Readers.ReadAsync<IReadOnlyList<OldestBatch>>(
        session => session.Query(
            """
            select export_id, sealed_at from batch where number in (
              select (select number from batch where export_id = export.id and state in (1, 2) order by number limit 1) from export)
            """,
            row => new OldestBatch(row.Id(0), row.Time(1))),
        cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<Books>> ReadBooksAsync(CancellationToken cancel) => store.Readers.ReadAsync<IReadOnlyList<Books>>(
        session => session.Query(
            "select export_id, routed, delivered, waiting, in_flight, dead, discarded from book",
            row => new Books(row.Id(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6))),
        cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<QueueAge>> ReadQueueAgesAsync(CancellationToken cancel) => store.Readers.ReadAsync<IReadOnlyList<QueueAge>>(
        session => session.Query(
            """
            select id, min(coalesce(unsealed, sealed), coalesce(sealed, unsealed)) from (
              select id,
                (select oldest_at from partition where export_id = export.id and oldest_at is not null order by oldest_at limit 1) as unsealed,
                (select oldest_at from batch where export_id = export.id and state in (1, 2) order by oldest_at limit 1) as sealed
              from export)
            where coalesce(unsealed, sealed) is not null
            """,
            row => new QueueAge(row.Id(0), row.Time(1))),
        cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<CircuitView>> ReadCircuitsAsync(CancellationToken cancel) =>
        store.Readers.ReadAsync<IReadOnlyList<CircuitView>>(SqliteCircuits.List, cancel);

    /// <inheritdoc />
    public Task<StoreView> ReadStoreAsync(CancellationToken cancel) => store.Readers.ReadAsync(
        session =>
        {
            var unrouted = session.Scalar<long>("select count(*) from (select 1 from block where remaining is null limit $1)", MostUnroutedCounted);
            var oldest = session.First("select received_at from block where remaining is null order by number limit 1", row => (object)row.Time(0));
            return new StoreView(unrouted, (DateTimeOffset?)oldest, new FileInfo(store.Path).Length, store.WalBytes, store.Room.FreeBytes, Problems());
        },
        cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<Guid>> FindOrphansAsync(int mostBlocks, CancellationToken cancel) =>
        store.Readers.ReadAsync(session => SqliteOrphans.Find(session, mostBlocks), cancel);

    private List<string> Problems() =>
        [.. new[] { store.Room.Refusal, limits.Refusal }.OfType<Delivery.Blocks.StoreRefusal>().Select(refusal => refusal.Detail)];
}
