using Exporter.Delivery.Queries;

namespace Exporter.Storage.Sqlite;

/// <summary>Delivered batches whose blocks are still there (rule C5).</summary>
public sealed class SqliteRetainedBatchStore(SqliteStore store) : IRetainedBatchStore
{
    private const string Discarded = "(select coalesce(sum(to_report - from_report), 0) from done_part where batch_id = batch.id and outcome = 5)";

    /// <inheritdoc />
    public Task<ReportTotals> CountAsync(RetainedFilter filter, CancellationToken cancel)
    {
        var terms = TermsOf(filter);
        return store.Readers.ReadAsync(
            session => session.Query(
                $"select count(*), coalesce(sum(report_count - {Discarded}), 0) from batch where {terms.Sql}",
                row => new ReportTotals(row.GetInt64(0), row.GetInt64(1)),
                [.. terms.Values])[0],
            cancel);
    }

    /// <inheritdoc />
    public Task<ReportTotals> ReplayAsync(RetainedFilter filter, int limit, CancellationToken cancel)
    {
        var terms = TermsOf(filter);
        return store.Writer.RunAsync(session =>
        {
            var retained = session.Query(
                $"select id, export_id, report_count - {Discarded} from batch where {terms.Sql} order by ended_at limit {terms.Parameter(limit)}",
                row => (Id: row.Id(0), ExportId: row.Id(1), Reports: row.GetInt64(2)),
                [.. terms.Values]);
            foreach (var batch in retained)
            {
                session.Execute("delete from done_part where batch_id = $1 and outcome = 3", batch.Id);
                session.Execute(
                    """
                    update batch set state = 1, settled_reports = report_count - $3, attempts_before = attempt - released_attempts, due_at = $2,
                      ended_at = null, release_at = null
                    where id = $1
                    """,
                    batch.Id, store.Clock.Now, batch.Reports);
                SqliteBooks.Move(session, batch.ExportId, "delivered", "waiting", batch.Reports);
            }

            return new ReportTotals(retained.Count, retained.Sum(batch => batch.Reports));
        });
    }

    private FilterTerms TermsOf(RetainedFilter filter) => FilterTerms.Of(filter)
        .Add("state = 3 and released_to = from_sequence and release_at > ended_at and release_at > ", store.Clock.Now);
}
