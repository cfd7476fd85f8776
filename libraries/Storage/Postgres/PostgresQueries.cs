using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Queries;

namespace Exporter.Storage.Postgres;

/// <summary>What operators see.</summary>
public sealed class PostgresQueries(PostgresStore store, ExportLimits limits) : IDeliveryQueries
{
    private const int MostUnroutedCounted = 100_000;

    private const string Queues =
        """
        select export_id, key, report_count, payload_bytes, oldest_at from exporter.partition
        where oldest_at is not null and ($1::uuid is null or export_id = $1) order by oldest_at limit $2
        """;

    internal const string OldestBatches =
        """
        select export.id, open.sealed_at from exporter.export cross join lateral (
          select least(
            (select sealed_at from exporter.batch where export_id = export.id and state = 1 order by number limit 1),
            (select sealed_at from exporter.batch where export_id = export.id and state = 2 order by number limit 1)) as sealed_at) as open
        where open.sealed_at is not null
        """;

    private const string EveryExport =
        """
        (select export_id from exporter.batch where $1::uuid is null order by export_id limit 1)
        union all
        select (select export_id from exporter.batch where export_id > e.id order by export_id limit 1) from e where e.id is not null
        """;

    internal const string Ages =
        """
        select id, oldest_at from (
          select e.id, least(
            (select oldest_at from exporter.partition where export_id = e.id and oldest_at is not null order by oldest_at limit 1),
            (select oldest_at from exporter.batch where export_id = e.id and state in (1, 2) order by oldest_at limit 1)) as oldest_at
          from exporter.export e) as ages
        where oldest_at is not null
        """;

    private const string Whole =
        """
        select
          (select count(*) from (select 1 from exporter.block where not is_routed limit $1) as few),
          (select received_at from exporter.block where not is_routed order by number limit 1),
          pg_database_size(current_database()),
          (case when pg_is_in_recovery() then 0 else pg_wal_lsn_diff(pg_current_wal_lsn(), (select redo_lsn from pg_control_checkpoint())) end)::bigint
        """;

    /// <inheritdoc />
    public Task<IReadOnlyList<QueueView>> ListQueuesAsync(Guid? exportId, int limit, CancellationToken cancel) => store.RunAsync<IReadOnlyList<QueueView>>(
        async session => await session.QueryAsync(
            Queues,
            row => new QueueView(row.GetGuid(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.Time(4)),
            cancel,
            PostgresValue.Uuid(exportId), limit),
        cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<BatchView>> ListBatchesAsync(Guid? exportId, BatchState? state, long? before, int limit, CancellationToken cancel) =>
        store.RunAsync<IReadOnlyList<BatchView>>(
            async session => await session.QueryAsync(
                Batches(exportId is not null, state), PostgresBatchRow.Read, cancel, PostgresValue.Uuid(exportId), before ?? long.MaxValue, limit),
            cancel);

    /// <inheritdoc />
    public Task<BatchView?> FindBatchAsync(Guid id, CancellationToken cancel) => store.RunAsync(
        session => session.FirstAsync($"select {PostgresBatchRow.Columns} from exporter.batch where id = $1", PostgresBatchRow.Read, cancel, id), cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<OldestBatch>> ListOldestBatchesAsync(CancellationToken cancel) => store.RunAsync<IReadOnlyList<OldestBatch>>(
        async session => await session.QueryAsync(OldestBatches, row => new OldestBatch(row.GetGuid(0), row.Time(1)), cancel), cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<Books>> ReadBooksAsync(CancellationToken cancel) =>
        store.RunAsync<IReadOnlyList<Books>>(async session => await PostgresBooks.ReadAsync(session, cancel), cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<QueueAge>> ReadQueueAgesAsync(CancellationToken cancel) => store.RunAsync<IReadOnlyList<QueueAge>>(
        async session => await session.QueryAsync(Ages, row => new QueueAge(row.GetGuid(0), row.Time(1)), cancel), cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<CircuitView>> ReadCircuitsAsync(CancellationToken cancel) =>
        store.RunAsync<IReadOnlyList<CircuitView>>(async session => await PostgresCircuits.ListAsync(session, cancel), cancel);

    /// <inheritdoc />
    public async Task<StoreView> ReadStoreAsync(CancellationToken cancel)
    {
        var problems = new[] { store.Room.Refusal, limits.Refusal }.OfType<StoreRefusal>().Select(refusal => refusal.Detail).Distinct().ToList();
        var view = await store.RunAsync(
            session => session.FirstAsync(
                Whole,
                row => new StoreView(row.GetInt64(0), row.TimeOrNull(1), row.GetInt64(2), row.GetInt64(3), store.Options.MaxStoreBytes - row.GetInt64(2), problems),
                cancel,
                MostUnroutedCounted),
            cancel);
        return view!;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<Guid>> FindOrphansAsync(int mostBlocks, CancellationToken cancel) =>
        store.RunAsync<IReadOnlyList<Guid>>(async session => await PostgresOrphans.FindAsync(session, mostBlocks, cancel), cancel);

    /// <summary>One export and one state at a time, each along their index: both are few.</summary>
    private static string Batches(bool ofOneExport, BatchState? state)
    {
        var states = state is { } one ? [one] : Enum.GetValues<BatchState>();
        var arms = states.Select(of =>
            $"""
            (select {PostgresBatchRow.Columns} from exporter.batch
             where export_id = e.id and state = {(int)of} and number < $2 order by number desc limit $3)
            """);
        return
            $"""
            with recursive e (id) as ({(ofOneExport ? "select $1" : EveryExport)})
            select listed.* from e cross join lateral ({string.Join(" union all ", arms)}) as listed
            order by number desc limit $3
            """;
    }
}
