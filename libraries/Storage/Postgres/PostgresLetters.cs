using Exporter.Delivery.Batches;
using Exporter.Delivery.Queries;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>
/// Ends dead letters, a bounded number in one short transaction. Their batches are locked first, as by everybody; what became of
/// the letters meanwhile is seen afterwards.
/// </summary>
internal static class PostgresLetters
{
    public const string Columns =
        "number, batch_id, export_id, from_report, to_report, error_type, error_detail, created_at, first_attempt_at, attempts";

    /// <summary>What is being sent is not replayed: its attempt has seen what was settled when it began, and ends all the rest.</summary>
    private const string IsNotSending = "not exists (select 1 from exporter.batch b where b.id = batch_id and b.state = 2)";

    private const string HoldBatches = "select id, state from exporter.batch where id = any ($1) order by number for update";

    private const string Take = $"delete from exporter.dead_letter where number = any ($1) and batch_id = any ($2) returning {Columns}";

    private const string Reopen =
        """
        update exporter.batch b set state = 1, is_deferred = false, due_at = exporter.clock(), settled_reports = b.settled_reports - r.reports,
          attempts_before = b.attempt - b.released_attempts, error_type = '', error_detail = '', ended_at = null, release_at = null
        from unnest($1, $2) as r (id, reports) where b.id = r.id
        returning b.number, b.export_id
        """;

    private const string AddDiscarded =
        """
        insert into exporter.done_part (batch_id, from_report, to_report, outcome)
        select batch_id, from_report, to_report, 5 from unnest($1, $2, $3) as d (batch_id, from_report, to_report)
        """;

    public static async Task<(List<DeadLetter> Letters, List<(long Number, Guid ExportId)> Reopened)> ReplayAsync(
        PostgresSession session, DeadLetterFilter filter, int limit, CancellationToken cancel)
    {
        var letters = await TakeAsync(session, filter, IsNotSending, limit, state => state != BatchState.Sending, cancel);
        var batches = letters.GroupBy(letter => letter.BatchId).ToList();
        var reopened = await session.QueryAsync(
            Reopen, row => (row.GetInt64(0), row.GetGuid(1)), cancel,
            batches.Select(batch => batch.Key).ToArray(), batches.Select(batch => batch.Sum(letter => letter.Totals.Reports)).ToArray());
        await MoveAsync(session, letters, (export, reports) => PostgresBooks.Of(export, dead: -reports, waiting: reports), cancel);
        return (letters, reopened);
    }

    public static async Task<List<DeadLetter>> DiscardAsync(PostgresSession session, DeadLetterFilter filter, int limit, CancellationToken cancel)
    {
        var letters = await TakeAsync(session, filter, "true", limit, _ => true, cancel);
        await session.ExecuteAsync(
            AddDiscarded, cancel, letters.Select(letter => letter.BatchId).ToArray(), letters.Select(letter => letter.FromReport).ToArray(),
            letters.Select(letter => letter.ToReport).ToArray());
        await session.ExecuteAsync(PostgresEnds.EndDead, cancel, letters.Select(letter => letter.BatchId).Distinct().ToArray());
        await MoveAsync(session, letters, (export, reports) => PostgresBooks.Of(export, dead: -reports, discarded: reports), cancel);
        return letters;
    }

    public static FilterTerms TermsOf(DeadLetterFilter filter) => FilterTerms.Of(filter, "number = any ({0})", ids => ids.ToArray());

    public static DeadLetter Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetGuid(1), row.GetGuid(2), row.GetInt64(3), row.GetInt64(4), row.GetString(5), row.GetString(6), row.Time(7))
    {
        FirstAttemptAt = row.TimeOrNull(8) ?? row.Time(7),
        Attempts = row.GetInt32(9),
    };

    private static async Task<List<DeadLetter>> TakeAsync(
        PostgresSession session, DeadLetterFilter filter, string condition, int limit, Func<BatchState, bool> isMeant, CancellationToken cancel)
    {
        var terms = TermsOf(filter);
        var found = await session.QueryAsync(
            $"select number, batch_id from exporter.dead_letter where {terms.Sql} and {condition} order by number limit {terms.Parameter(limit)}",
            row => (Number: row.GetInt64(0), Batch: row.GetGuid(1)), cancel, [.. terms.Values]);
        var batches = await session.QueryAsync(
            HoldBatches, row => (Id: row.GetGuid(0), State: (BatchState)row.GetInt16(1)), cancel, found.Select(letter => letter.Batch).Distinct().ToArray());
        return await session.QueryAsync(
            Take, Read, cancel, found.Select(letter => letter.Number).ToArray(), batches.Where(batch => isMeant(batch.State)).Select(batch => batch.Id).ToArray());
    }

    private static async Task MoveAsync(PostgresSession session, List<DeadLetter> letters, Func<Guid, long, object[]> entry, CancellationToken cancel)
    {
        foreach (var export in letters.GroupBy(letter => letter.ExportId))
            await PostgresBooks.MoveAsync(session, entry(export.Key, export.Sum(letter => letter.Totals.Reports)), cancel);
    }
}
