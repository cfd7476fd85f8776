using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Queries;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>Reports that could not be delivered, until an operator decides (rule C5).</summary>
public sealed class PostgresDeadLetterStore(PostgresStore store, PostgresBatchStore batches) : IDeadLetterStore
{
    private const string Columns = "number, batch_id, export_id, from_report, to_report, error_type, error_detail, created_at";

    private const string Select = $"select {Columns} from exporter.dead_letter";

    private const string Take = $"delete from exporter.dead_letter where number = any (array(select number from exporter.dead_letter where number = any ($1) order by number for update)) returning {Columns}";

    private const string Replay =
        """
        update exporter.batch set state = 1, is_deferred = false, attempt = 0, due_at = exporter.clock(), error_type = '', error_detail = ''
        where id = any ($1) and state = 4 returning number, export_id
        """;

    private const string Discard =
        """
        update exporter.batch b set state = 5, ended_at = exporter.clock(), release_at = exporter.clock()
        where b.id = any ($1) and b.state = 4 and not exists (select 1 from exporter.dead_letter where batch_id = b.id)
        """;

    /// <inheritdoc />
    public Task<IReadOnlyList<DeadLetter>> ListAsync(Guid? exportId, long? before, int limit, CancellationToken cancel) => store.RunAsync<IReadOnlyList<DeadLetter>>(
        async session => exportId is { } id
            ? await session.QueryAsync($"{Select} where export_id = $1 and number < $2 order by number desc limit $3", Read, cancel, id, before ?? long.MaxValue, limit)
            : await session.QueryAsync($"{Select} where number < $1 order by number desc limit $2", Read, cancel, before ?? long.MaxValue, limit),
        cancel);

    /// <inheritdoc />
    public Task<DeadLetter?> FindAsync(long id, CancellationToken cancel) =>
        store.RunAsync(session => session.FirstAsync($"{Select} where number = $1", Read, cancel, id), cancel);

    /// <inheritdoc />
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadReportsAsync(DeadLetter letter, int limit, CancellationToken cancel)
    {
        var batch = await store.RunAsync(
            session => session.FirstAsync($"select {PostgresBatchRow.Columns} from exporter.batch where id = $1", PostgresBatchRow.Read, cancel, letter.BatchId), cancel);
        return batch is null ? [] : await DeadReports.ReadAsync(batches, batch.Batch, letter, limit, cancel);
    }

    /// <inheritdoc />
    public async Task<long> ReplayAsync(IReadOnlyList<long> ids, CancellationToken cancel)
    {
        var (reports, reopened) = await store.TransactAsync(
            async session =>
            {
                var letters = await TakeAsync(session, ids, cancel);
                var open = await session.QueryAsync(Replay, row => (Number: row.GetInt64(0), Export: row.GetGuid(1)), cancel, BatchesOf(letters));
                return (await MoveAsync(session, letters, (export, count) => PostgresBooks.Of(export, dead: -count, waiting: count), cancel), open);
            },
            cancel);
        foreach (var (number, export) in reopened)
            store.Hints.Claims(export).Reopened(number);
        return reports;
    }

    /// <inheritdoc />
    public Task<long> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancel) => store.TransactAsync(
        async session =>
        {
            var letters = await TakeAsync(session, ids, cancel);
            await session.ExecuteAsync(Discard, cancel, BatchesOf(letters));
            return await MoveAsync(session, letters, (export, count) => PostgresBooks.Of(export, dead: -count, discarded: count), cancel);
        },
        cancel);

    private static Task<List<DeadLetter>> TakeAsync(PostgresSession session, IReadOnlyList<long> ids, CancellationToken cancel) =>
        session.QueryAsync(Take, Read, cancel, ids.Distinct().ToArray());

    private static async Task<long> MoveAsync(PostgresSession session, List<DeadLetter> letters, Func<Guid, long, object[]> entry, CancellationToken cancel)
    {
        foreach (var export in letters.GroupBy(letter => letter.ExportId))
            await PostgresBooks.MoveAsync(session, entry(export.Key, export.Sum(letter => letter.ToReport - letter.FromReport)), cancel);
        return letters.Sum(letter => letter.ToReport - letter.FromReport);
    }

    private static Guid[] BatchesOf(List<DeadLetter> letters) => [.. letters.Select(letter => letter.BatchId).Distinct()];

    private static DeadLetter Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetGuid(1), row.GetGuid(2), row.GetInt64(3), row.GetInt64(4), row.GetString(5), row.GetString(6), row.Time(7));
}
