using Exporter.Delivery.Batches;

namespace Exporter.Storage.Postgres;

/// <summary>
/// What ends a claim in one statement, with its entry in the books; each names the attempt, so that a late comer changes nothing
/// (rule C1). Deliveries are nearly all of it; the rest is for <see cref="PostgresEndings"/>.
/// </summary>
internal static class PostgresOutcomes
{
    private const string Held = "where id = $1 and attempt = $2 and state = 2";

    internal const string Renew = $"update exporter.batch set lease_until = exporter.clock() + $3 {Held}";

    private const string Release =
        $"""
        with ended as (
          update exporter.batch set state = 1, released_attempts = released_attempts + 1, lease_until = null, is_deferred = false, due_at = exporter.clock() {Held}
          returning number, export_id, report_count - settled_reports as rest
        ), entered as (
          insert into exporter.book_entry (export_id, in_flight, waiting) select export_id, -rest, rest from ended)
        select number from ended
        """;

    /// <summary>A batch without open dead letters: the rest needs no rows of its own, it is delivered but for its parts.</summary>
    internal const string Deliver =
        $"""
        with ended as (
          update exporter.batch
          set state = case when settled_reports < report_count or exists (select 1 from exporter.done_part where batch_id = $1 and outcome = 3) then 3 else 5 end,
            lease_until = null, ended_at = exporter.clock(), release_at = exporter.clock() + $3,
            error_type = '', error_detail = '', object_bytes = $4, object_etag = $5, object_sha256 = $6
          {Held} and not exists (select 1 from exporter.dead_letter where batch_id = $1)
          returning export_id, report_count - settled_reports as rest
        ), entered as (
          insert into exporter.book_entry (export_id, in_flight, delivered) select export_id, -rest, rest from ended
        ), closed as (
          delete from exporter.circuit where export_id = (select export_id from ended) returning is_open)
        select rest, coalesce((select is_open from closed), false) from ended
        """;

    /// <returns>The batch's number, or 0 when the claim is no longer held.</returns>
    public static Task<long> ReleaseAsync(PostgresSession session, Claim claim, CancellationToken cancel) =>
        session.ScalarAsync<long>(Release, cancel, claim.Batch.Id, claim.Attempt);

    /// <returns>Null when the claim is no longer held, or the batch has open dead letters.</returns>
    public static Task<Recorded?> DeliverAsync(
        PostgresSession session, Claim claim, Outcome.Delivered delivered, TimeSpan retain, CancellationToken cancel) => session.FirstAsync(
        Deliver,
        row => new Recorded(row.GetInt64(0), row.GetBoolean(1) ? CircuitChange.Closed : CircuitChange.None),
        cancel,
        claim.Batch.Id, claim.Attempt, retain, PostgresValue.Bigint(delivered.Receipt?.Bytes), PostgresValue.Text(delivered.Receipt?.ETag),
        PostgresValue.Text(delivered.Receipt?.Sha256));
}
