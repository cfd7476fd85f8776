using Exporter.Delivery.Queries;
using Microsoft.Data.Sqlite;

namespace Exporter.Storage.Sqlite;

/// <summary>Reports that could not be delivered, until an operator decides (rule C5).</summary>
public sealed class SqliteDeadLetterStore(SqliteStore store, SqliteBatchStore batches) : IDeadLetterStore
{
    private const string Select =
        "select number, batch_id, export_id, from_report, to_report, error_type, error_detail, created_at from dead_letter";

    /// <inheritdoc />
    public Task<IReadOnlyList<DeadLetter>> ListAsync(Guid? exportId, long? before, int limit, CancellationToken cancel) =>
        store.Readers.ReadAsync<IReadOnlyList<DeadLetter>>(
            session => session.Query(
                $"{Select} where number < $2 and ($1 is null or export_id = $1) order by number desc limit $3",
                Read, exportId, before ?? long.MaxValue, limit),
            cancel);

    /// <inheritdoc />
    public Task<DeadLetter?> FindAsync(long id, CancellationToken cancel) =>
        store.Readers.ReadAsync(session => session.First($"{Select} where number = $1", Read, id), cancel);

    /// <inheritdoc />
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadReportsAsync(DeadLetter letter, int limit, CancellationToken cancel)
    {
        var batch = await store.Readers.ReadAsync(
            session => session.First($"select {SqliteBatchRow.Columns} from batch where id = $1", SqliteBatchRow.Read, letter.BatchId), cancel);
        return batch is null ? [] : await DeadReports.ReadAsync(batches, batch.Batch, letter, limit, cancel);
    }

    /// <inheritdoc />
    public Task<long> ReplayAsync(IReadOnlyList<long> ids, CancellationToken cancel) => EndAsync(ids, "waiting", (session, letter) => session.Execute(
        "update batch set state = 1, attempt = 0, due_at = $2, error_type = '', error_detail = '' where id = $1 and state = 4",
        letter.BatchId, store.Clock.Now));

    /// <inheritdoc />
    public Task<long> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancel) => EndAsync(ids, "discarded", (session, letter) => session.Execute(
        """
        update batch set state = 5, ended_at = $2, release_at = $2
        where id = $1 and state = 4 and not exists (select 1 from dead_letter where batch_id = $1)
        """,
        letter.BatchId, store.Clock.Now));

    private Task<long> EndAsync(IReadOnlyList<long> ids, string book, Action<SqliteSession, DeadLetter> end) => store.Writer.RunAsync(session =>
    {
        var reports = 0L;
        foreach (var id in ids.Distinct())
        {
            if (session.First($"{Select} where number = $1", Read, id) is not { } letter)
                continue;

            session.Execute("delete from dead_letter where number = $1", id);
            end(session, letter);
            SqliteBooks.Move(session, letter.ExportId, "dead", book, letter.ToReport - letter.FromReport);
            reports += letter.ToReport - letter.FromReport;
        }

        return reports;
    });

    private static DeadLetter Read(SqliteDataReader row) => new(
        row.GetInt64(0), row.Id(1), row.Id(2), row.GetInt64(3), row.GetInt64(4), row.GetString(5), row.GetString(6), row.Time(7));
}
