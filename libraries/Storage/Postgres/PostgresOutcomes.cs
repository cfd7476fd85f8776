using Exporter.Delivery.Batches;

namespace Exporter.Storage.Postgres;

/// <summary>
/// What ends a claim, one statement each with its entry in the books; each names the attempt, so that a late comer changes
/// nothing (rule C1).
/// </summary>
internal static class PostgresOutcomes
{
    private const string Held = "where id = $1 and attempt = $2 and state = 2";

    internal const string Renew = $"update exporter.batch set lease_until = exporter.clock() + $3 {Held}";

    private const string Release =
        $"""
        with ended as (
          update exporter.batch set state = 1, attempt = attempt - 1, lease_until = null, is_deferred = false, due_at = exporter.clock() {Held}
          returning number, export_id, report_count
        ), entered as (
          insert into exporter.book_entry (export_id, in_flight, waiting) select export_id, -report_count, report_count from ended)
        select number from ended
        """;

    internal const string Deliver =
        $"""
        with ended as (
          update exporter.batch set state = 3, lease_until = null, ended_at = exporter.clock(), release_at = exporter.clock() + $3,
            error_type = '', error_detail = '', object_bytes = $4, object_etag = $5, object_sha256 = $6 {Held}
          returning number, export_id, report_count
        ), entered as (
          insert into exporter.book_entry (export_id, in_flight, delivered) select export_id, -report_count, report_count from ended)
        select number from ended
        """;

    private const string Defer =
        $"""
        with ended as (
          update exporter.batch set state = 1, lease_until = null, is_deferred = $3 > interval '0', due_at = exporter.clock() + $3,
            error_type = $4, error_detail = $5 {Held}
          returning number, export_id, report_count
        ), entered as (
          insert into exporter.book_entry (export_id, in_flight, waiting) select export_id, -report_count, report_count from ended)
        select number from ended
        """;

    private const string Reject =
        $"""
        with ended as (
          update exporter.batch set state = 4, lease_until = null, error_type = $3, error_detail = $4 {Held}
          returning number, id, export_id, report_count
        ), lettered as (
          insert into exporter.dead_letter (batch_id, export_id, from_report, to_report, error_type, error_detail, created_at)
          select id, export_id, 0, report_count, $3, $4, exporter.clock() from ended
        ), entered as (
          insert into exporter.book_entry (export_id, in_flight, dead) select export_id, -report_count, report_count from ended)
        select number from ended
        """;

    private const string Stands = "select number from exporter.batch where id = $1 and attempt = $2 and state = $3";

    /// <returns>The batch's number, or 0 when the claim is no longer held.</returns>
    public static Task<long> ReleaseAsync(PostgresSession session, Claim claim, CancellationToken cancel) =>
        session.ScalarAsync<long>(Release, cancel, claim.Batch.Id, claim.Attempt);

    /// <param name="session">A connection.</param>
    /// <param name="claim">The attempt that ended.</param>
    /// <param name="outcome">How.</param>
    /// <param name="dueIn">Back-off of a batch that is deferred for its own fault.</param>
    /// <param name="retain">How long blocks are kept.</param>
    /// <param name="isRepeat">Whether this was sent before and its answer was lost: what stands then counts as recorded.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>The batch's number, or 0 when the claim is no longer held.</returns>
    public static async Task<long> RecordAsync(
        PostgresSession session, Claim claim, Outcome outcome, TimeSpan dueIn, TimeSpan retain, bool isRepeat, CancellationToken cancel)
    {
        var number = await session.ScalarAsync<long>(SqlOf(outcome), cancel, [claim.Batch.Id, claim.Attempt, .. ValuesOf(outcome, dueIn, retain)]);
        return number == 0 && isRepeat
            ? await session.ScalarAsync<long>(Stands, cancel, claim.Batch.Id, claim.Attempt, StateAfter(outcome))
            : number;
    }

    private static string SqlOf(Outcome outcome) => outcome switch
    {
        Outcome.Delivered => Deliver,
        Outcome.Deferred => Defer,
        Outcome.Rejected => Reject,
        _ => throw new InvalidOperationException($"Outcome {outcome.GetType().Name} is not known."),
    };

    private static object[] ValuesOf(Outcome outcome, TimeSpan dueIn, TimeSpan retain) => outcome switch
    {
        Outcome.Delivered delivered =>
        [
            retain, PostgresValue.Bigint(delivered.Receipt?.Bytes), PostgresValue.Text(delivered.Receipt?.ETag), PostgresValue.Text(delivered.Receipt?.Sha256),
        ],
        Outcome.Deferred deferred => [deferred.Fault == FaultOf.Destination ? TimeSpan.Zero : dueIn, deferred.ErrorType, deferred.Detail],
        Outcome.Rejected rejected => [rejected.ErrorType, rejected.Detail],
        _ => [],
    };

    private static BatchState StateAfter(Outcome outcome) => outcome switch
    {
        Outcome.Delivered => BatchState.Delivered,
        Outcome.Rejected => BatchState.Dead,
        _ => BatchState.Sealed,
    };
}
