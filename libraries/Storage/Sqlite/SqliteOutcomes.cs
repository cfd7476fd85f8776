using Exporter.Delivery.Batches;

namespace Exporter.Storage.Sqlite;

/// <summary>What ends a claim; each names the attempt, so that a late comer changes nothing (rule C1).</summary>
internal static class SqliteOutcomes
{
    private const string Held = "where id = $1 and attempt = $2 and state = 2";

    public static bool Release(SqliteSession session, Claim claim, DateTimeOffset now)
    {
        var isHeld = session.Execute(
            $"update batch set state = 1, attempt = attempt - 1, lease_until = null, due_at = $3 {Held}", claim.Batch.Id, claim.Attempt, now) == 1;
        if (isHeld)
            SqliteBooks.Move(session, claim.Batch.ExportId, "in_flight", "waiting", claim.Batch.ReportCount);
        return isHeld;
    }

    public static bool Record(SqliteSession session, Claim claim, Outcome outcome, TimeSpan dueIn, TimeSpan retain, DateTimeOffset now)
    {
        var isHeld = outcome switch
        {
            Outcome.Delivered delivered => Deliver(session, claim, delivered.Receipt, retain, now),
            Outcome.Deferred deferred => Defer(session, claim, deferred, dueIn, now),
            Outcome.Rejected rejected => Reject(session, claim, rejected, now),
            _ => throw new InvalidOperationException($"Outcome {outcome.GetType().Name} is not known."),
        };
        if (isHeld)
        {
            var to = outcome switch { Outcome.Delivered => "delivered", Outcome.Rejected => "dead", _ => "waiting" };
            SqliteBooks.Move(session, claim.Batch.ExportId, "in_flight", to, claim.Batch.ReportCount);
        }

        return isHeld;
    }

    private static bool Deliver(SqliteSession session, Claim claim, ObjectReceipt? receipt, TimeSpan retain, DateTimeOffset now) => session.Execute(
        $"""
        update batch set state = 3, lease_until = null, ended_at = $3, release_at = $4, error_type = '', error_detail = '',
          object_bytes = $5, object_etag = $6, object_sha256 = $7 {Held}
        """,
        claim.Batch.Id, claim.Attempt, now, now + retain, receipt?.Bytes, receipt?.ETag, receipt?.Sha256) == 1;

    private static bool Defer(SqliteSession session, Claim claim, Outcome.Deferred deferred, TimeSpan dueIn, DateTimeOffset now) => session.Execute(
        $"update batch set state = 1, lease_until = null, due_at = $3, error_type = $4, error_detail = $5 {Held}",
        claim.Batch.Id, claim.Attempt, deferred.Fault == FaultOf.Destination ? now : now + dueIn, deferred.ErrorType, deferred.Detail) == 1;

    private static bool Reject(SqliteSession session, Claim claim, Outcome.Rejected rejected, DateTimeOffset now)
    {
        var isHeld = session.Execute(
            $"update batch set state = 4, lease_until = null, error_type = $3, error_detail = $4 {Held}",
            claim.Batch.Id, claim.Attempt, rejected.ErrorType, rejected.Detail) == 1;
        if (isHeld)
            session.Execute(
                """
                insert into dead_letter (batch_id, export_id, from_report, to_report, error_type, error_detail, created_at)
                values ($1, $2, 0, $3, $4, $5, $6)
                """,
                claim.Batch.Id, claim.Batch.ExportId, claim.Batch.ReportCount, rejected.ErrorType, rejected.Detail, now);
        return isHeld;
    }
}
