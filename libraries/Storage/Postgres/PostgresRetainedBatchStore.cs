using Exporter.Delivery.Queries;

namespace Exporter.Storage.Postgres;

/// <summary>Delivered batches whose blocks are still there (rule C5).</summary>
public sealed class PostgresRetainedBatchStore(PostgresStore store) : IRetainedBatchStore
{
    private const string Retained = "state = 3 and released_to = from_sequence and release_at > ended_at and release_at > exporter.clock()";

    private const string Discarded =
        "(select coalesce(sum(to_report - from_report), 0)::bigint from exporter.done_part where batch_id = exporter.batch.id and outcome = 5)";

    private const string Reopen =
        """
        update exporter.batch b set state = 1, is_deferred = false, due_at = exporter.clock(), settled_reports = b.report_count - r.reports,
          attempts_before = b.attempt - b.released_attempts, ended_at = null, release_at = null
        from unnest($1, $2) as r (id, reports) where b.id = r.id
        """;

    /// <inheritdoc />
    public async Task<ReportTotals> CountAsync(RetainedFilter filter, CancellationToken cancel)
    {
        var terms = FilterTerms.Of(filter);
        var sql = $"select count(*), coalesce(sum(report_count - {Discarded}), 0)::bigint from exporter.batch where {terms.Sql} and {Retained}";
        var rows = await store.RunAsync(
            session => session.QueryAsync(sql, row => new ReportTotals(row.GetInt64(0), row.GetInt64(1)), cancel, [.. terms.Values]), cancel);
        return rows[0];
    }

    /// <inheritdoc />
    public async Task<ReportTotals> ReplayAsync(RetainedFilter filter, int limit, CancellationToken cancel)
    {
        var batches = await store.TransactAsync(session => ReplayAsync(session, FilterTerms.Of(filter), limit, cancel), cancel);
        foreach (var batch in batches)
            store.Hints.Claims(batch.ExportId).Reopened(batch.Number);
        return new(batches.Count, batches.Sum(batch => batch.Reports));
    }

    private static async Task<List<Again>> ReplayAsync(PostgresSession session, FilterTerms terms, int limit, CancellationToken cancel)
    {
        var batches = await session.QueryAsync(
            $"""
            select id, export_id, number, report_count - {Discarded} from exporter.batch where {terms.Sql} and {Retained}
            order by ended_at limit {terms.Parameter(limit)} for update skip locked
            """,
            row => new Again(row.GetGuid(0), row.GetGuid(1), row.GetInt64(2), row.GetInt64(3)), cancel, [.. terms.Values]);
        var ids = batches.Select(batch => batch.Id).ToArray();
        await using var pipeline = session.Pipeline()
            .Add("delete from exporter.done_part where batch_id = any ($1) and outcome = 3", ids)
            .Add(Reopen, ids, batches.Select(batch => batch.Reports).ToArray());
        foreach (var export in batches.GroupBy(batch => batch.ExportId))
        {
            var reports = export.Sum(batch => batch.Reports);
            pipeline.Add(PostgresBooks.Entry, PostgresBooks.Of(export.Key, delivered: -reports, waiting: reports));
        }

        await pipeline.ExecuteAsync(cancel);
        return batches;
    }

    private sealed record Again(Guid Id, Guid ExportId, long Number, long Reports);
}
