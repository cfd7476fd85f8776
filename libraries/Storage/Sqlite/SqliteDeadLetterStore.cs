using System.Text.Json;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Queries;
using Microsoft.Data.Sqlite;

namespace Exporter.Storage.Sqlite;

/// <summary>Reports that could not be delivered, until an operator decides (rule C5).</summary>
public sealed class SqliteDeadLetterStore(SqliteStore store, SqliteBatchStore batches) : IDeadLetterStore
{
    private const string Select =
        "select number, batch_id, export_id, from_report, to_report, error_type, error_detail, created_at, first_attempt_at, attempts from dead_letter";

    /// <summary>What is being sent is not replayed: its attempt has seen what was settled when it began, and ends all the rest.</summary>
    private const string IsNotSending = "not exists (select 1 from batch where id = batch_id and state = 2)";

    /// <inheritdoc />
    public Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterFilter filter, long? before, int limit, CancellationToken cancel)
    {
        var terms = TermsOf(filter).Add("number < ", before);
        return store.Readers.ReadAsync<IReadOnlyList<DeadLetter>>(session => Find(session, terms, "desc", limit), cancel);
    }

    /// <inheritdoc />
    public Task<ReportTotals> CountAsync(DeadLetterFilter filter, CancellationToken cancel)
    {
        var terms = TermsOf(filter);
        return store.Readers.ReadAsync(
            session => session.Query(
                $"select count(*), coalesce(sum(to_report - from_report), 0) from dead_letter where {terms.Sql}",
                row => new ReportTotals(row.GetInt64(0), row.GetInt64(1)),
                [.. terms.Values])[0],
            cancel);
    }

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
    public Task<ReportTotals> ReplayAsync(DeadLetterFilter filter, int limit, CancellationToken cancel) => EndAsync(
        filter, IsNotSending, limit, "waiting", (session, letter) => session.Execute(
            """
            update batch set state = 1, settled_reports = settled_reports - $3, attempts_before = attempt - released_attempts, due_at = $2,
              error_type = '', error_detail = '', ended_at = null, release_at = null
            where id = $1
            """,
            letter.BatchId, store.Clock.Now, letter.Totals.Reports));

    /// <inheritdoc />
    public Task<ReportTotals> DiscardAsync(DeadLetterFilter filter, int limit, CancellationToken cancel) => EndAsync(
        filter, "true", limit, "discarded", (session, letter) =>
        {
            SqliteParts.Add(session, letter.BatchId, BatchState.Discarded, new ReportRange(letter.FromReport, letter.ToReport));
            SqliteEnds.EndDead(session, letter.BatchId, store.Clock.Now);
        });

    private Task<ReportTotals> EndAsync(
        DeadLetterFilter filter, string condition, int limit, string book, Action<SqliteSession, DeadLetter> end) => store.Writer.RunAsync(session =>
    {
        var letters = Find(session, TermsOf(filter), "asc", limit, condition);
        foreach (var letter in letters)
        {
            session.Execute("delete from dead_letter where number = $1", letter.Id);
            end(session, letter);
            SqliteBooks.Move(session, letter.ExportId, "dead", book, letter.Totals.Reports);
        }

        return letters.Select(letter => letter.Totals).Aggregate(default(ReportTotals), ReportTotals.Add);
    });

    private static List<DeadLetter> Find(SqliteSession session, FilterTerms terms, string order, int limit, string condition = "true") => session.Query(
        $"{Select} where {terms.Sql} and {condition} order by number {order} limit {terms.Parameter(limit)}", Read, [.. terms.Values]);

    private static FilterTerms TermsOf(DeadLetterFilter filter) =>
        FilterTerms.Of(filter, "number in (select value from json_each({0}))", ids => JsonSerializer.Serialize(ids));

    private static DeadLetter Read(SqliteDataReader row) => new(
        row.GetInt64(0), row.Id(1), row.Id(2), row.GetInt64(3), row.GetInt64(4), row.GetString(5), row.GetString(6), row.Time(7))
    {
        FirstAttemptAt = row.TimeOrNull(8) ?? row.Time(7),
        Attempts = row.GetInt32(9),
    };
}
