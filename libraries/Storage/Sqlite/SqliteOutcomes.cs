using Exporter.Delivery.Batches;

namespace Exporter.Storage.Sqlite;

/// <summary>What ends a claim; each names the attempt, so that a late comer changes nothing (rule C1).</summary>
internal static class SqliteOutcomes
{
    private const string IsHeld = "where id = $1 and attempt = $2 and state = 2";

    /// <summary>The claimed batch, or null when another holds it or nobody.</summary>
    public static HeldBatch? Held(SqliteSession session, Claim claim) => session.First(
        $"select report_count, settled_reports, attempt - released_attempts from batch {IsHeld}",
        row => new HeldBatch(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2)),
        claim.Batch.Id, claim.Attempt);

    public static bool Renew(SqliteSession session, Claim claim, DateTimeOffset leaseUntil) =>
        session.Execute($"update batch set lease_until = $3 {IsHeld}", claim.Batch.Id, claim.Attempt, leaseUntil) == 1;

    public static bool Release(SqliteSession session, Claim claim, DateTimeOffset now)
    {
        if (Held(session, claim) is not { } held)
            return false;

        session.Execute("update batch set state = 1, released_attempts = released_attempts + 1, lease_until = null, due_at = $2 where id = $1", claim.Batch.Id, now);
        SqliteBooks.Move(session, claim.Batch.ExportId, "in_flight", "waiting", held.ReportCount - held.SettledReports);
        return true;
    }

    public static Recorded? Record(SqliteSession session, Claim claim, Outcome outcome, RecordTerms terms, DateTimeOffset now)
    {
        if (Held(session, claim) is not { } held)
            return null;

        var runs = SqliteParts.Read(session, claim.Batch.Id, new(0, held.ReportCount));
        var ending = Ending.Of(held, runs, outcome, terms, SqliteCircuits.Find(session, claim.Batch.ExportId), now);
        switch (outcome)
        {
            case Outcome.Delivered delivered:
                Deliver(session, claim, delivered.Receipt, ending, now, now + terms.Retain);
                break;
            case Outcome.Rejected rejected:
                Reject(session, claim, rejected, ending, now, now + terms.Retain);
                break;
            case Outcome.Deferred deferred:
                session.Execute(
                    "update batch set state = 1, lease_until = null, due_at = $2, error_type = $3, error_detail = $4 where id = $1",
                    claim.Batch.Id, now + ending.DueIn, deferred.ErrorType, deferred.Detail);
                break;
        }

        SqliteBooks.Move(
            session, claim.Batch.ExportId, "in_flight", outcome switch { Outcome.Delivered => "delivered", Outcome.Rejected => "dead", _ => "waiting" }, ending.Reports);
        SqliteCircuits.Save(session, claim.Batch.ExportId, ending.Circuit);
        return ending.Recorded;
    }

    private static void Deliver(
        SqliteSession session, Claim claim, ObjectReceipt? receipt, Ending ending, DateTimeOffset now, DateTimeOffset releaseAt)
    {
        // Without open dead letters the rest needs no rows: the batch is delivered but for its parts.
        if (ending.State == BatchState.Dead)
            SqliteParts.Add(session, claim.Batch.Id, BatchState.Delivered, ending.Rest);
        session.Execute(
            """
            update batch set state = $2, lease_until = null, ended_at = $3, release_at = $4, error_type = '', error_detail = '',
              settled_reports = settled_reports + $5, object_bytes = $6, object_etag = $7, object_sha256 = $8
            where id = $1
            """,
            claim.Batch.Id, ending.State, now, releaseAt, ending.State == BatchState.Dead ? ending.Reports : 0, receipt?.Bytes, receipt?.ETag, receipt?.Sha256);
    }

    private static void Reject(
        SqliteSession session, Claim claim, Outcome.Rejected rejected, Ending ending, DateTimeOffset now, DateTimeOffset releaseAt)
    {
        foreach (var run in ending.Rest)
            SqliteParts.Bury(session, claim.Batch.Id, run, rejected, now);
        session.Execute(
            """
            update batch set state = $2, lease_until = null, error_type = $3, error_detail = $4, settled_reports = report_count,
              ended_at = $5, release_at = $6
            where id = $1
            """,
            claim.Batch.Id, ending.State, rejected.ErrorType, rejected.Detail, now, releaseAt);
    }
}
