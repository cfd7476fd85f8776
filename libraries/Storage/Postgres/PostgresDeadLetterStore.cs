using Exporter.Delivery.Batches;
using Exporter.Delivery.Queries;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>Reports that could not be delivered, until an operator decides (rule C5).</summary>
public sealed class PostgresDeadLetterStore(PostgresStore store, PostgresBatchStore batches) : IDeadLetterStore
{
    private const string Select = $"select {PostgresLetters.Columns} from exporter.dead_letter";

    /// <inheritdoc />
    public Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterFilter filter, long? before, int limit, CancellationToken cancel)
    {
        var terms = PostgresLetters.TermsOf(filter).Add("number < ", before);
        var sql = $"{Select} where {terms.Sql} order by number desc limit {terms.Parameter(limit)}";
        return store.RunAsync<IReadOnlyList<DeadLetter>>(async session => await session.QueryAsync(sql, PostgresLetters.Read, cancel, [.. terms.Values]), cancel);
    }

    /// <inheritdoc />
    public async Task<ReportTotals> CountAsync(DeadLetterFilter filter, CancellationToken cancel)
    {
        var terms = PostgresLetters.TermsOf(filter);
        var sql = $"select count(*), coalesce(sum(to_report - from_report), 0)::bigint from exporter.dead_letter where {terms.Sql}";
        var rows = await store.RunAsync(
            session => session.QueryAsync(sql, row => new ReportTotals(row.GetInt64(0), row.GetInt64(1)), cancel, [.. terms.Values]), cancel);
        return rows[0];
    }

    /// <inheritdoc />
    public Task<DeadLetter?> FindAsync(long id, CancellationToken cancel) =>
        store.RunAsync(session => session.FirstAsync($"{Select} where number = $1", PostgresLetters.Read, cancel, id), cancel);

    /// <inheritdoc />
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadReportsAsync(DeadLetter letter, int limit, CancellationToken cancel)
    {
        var batch = await store.RunAsync(
            session => session.FirstAsync($"select {PostgresBatchRow.Columns} from exporter.batch where id = $1", PostgresBatchRow.Read, cancel, letter.BatchId), cancel);
        return batch is null ? [] : await DeadReports.ReadAsync(batches, batch.Batch, letter, limit, cancel);
    }

    /// <inheritdoc />
    public async Task<ReportTotals> ReplayAsync(DeadLetterFilter filter, int limit, CancellationToken cancel)
    {
        var (letters, reopened) = await store.TransactAsync(session => PostgresLetters.ReplayAsync(session, filter, limit, cancel), cancel);
        foreach (var (number, export) in reopened)
            store.Hints.Claims(export).Reopened(number);
        return TotalsOf(letters);
    }

    /// <inheritdoc />
    public async Task<ReportTotals> DiscardAsync(DeadLetterFilter filter, int limit, CancellationToken cancel) =>
        TotalsOf(await store.TransactAsync(session => PostgresLetters.DiscardAsync(session, filter, limit, cancel), cancel));

    private static ReportTotals TotalsOf(List<DeadLetter> letters) =>
        letters.Select(letter => letter.Totals).Aggregate(default(ReportTotals), ReportTotals.Add);
}
