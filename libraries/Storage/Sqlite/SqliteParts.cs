using Exporter.Delivery.Batches;

namespace Exporter.Storage.Sqlite;

/// <summary>What of a batch is settled in parts of their own (rule C5).</summary>
internal static class SqliteParts
{
    /// <summary>The runs that touch a part, in order.</summary>
    public static List<SettledRun> Read(SqliteSession session, Guid batchId, ReportRange part) => session.Query(
        """
        select from_report, to_report, outcome, 0, '', '', 0 from done_part where batch_id = $1 and from_report <= $3 and to_report >= $2
        union all
        select from_report, to_report, 4, number, error_type, error_detail, attempts from dead_letter where batch_id = $1 and from_report <= $3 and to_report >= $2
        order by 1
        """,
        row => new SettledRun(
            new(row.GetInt64(0), row.GetInt64(1)), (BatchState)row.GetInt64(2), row.GetInt64(3), row.GetString(4), row.GetString(5), row.GetInt32(6)),
        batchId, part.From, part.To);

    /// <summary>Settles a part of a claimed batch; false when the claim is no longer held.</summary>
    public static bool Record(SqliteSession session, Claim claim, ReportRange part, Outcome.Rejected? refusal, DateTimeOffset now)
    {
        if (SqliteOutcomes.Held(session, claim) is not { } held)
            return false;

        var runs = Read(session, claim.Batch.Id, part);
        foreach (var plan in PartPlan.Of(part, refusal, held.Attempt, runs))
        {
            if (refusal is null)
                Deliver(session, claim.Batch.Id, plan);
            else
                Bury(session, claim.Batch.Id, plan, refusal, now);
        }

        var reports = SettledRun.Gaps(part, runs).Sum(gap => gap.Count);
        session.Execute("update batch set settled_reports = settled_reports + $2 where id = $1", claim.Batch.Id, reports);
        SqliteBooks.Move(session, claim.Batch.ExportId, "in_flight", refusal is null ? "delivered" : "dead", reports);
        return true;
    }

    /// <summary>Settles runs that no other touches.</summary>
    public static void Add(SqliteSession session, Guid batchId, BatchState outcome, params IEnumerable<ReportRange> runs)
    {
        foreach (var run in runs)
            session.Execute("insert into done_part (batch_id, from_report, to_report, outcome) values ($1, $2, $3, $4)", batchId, run.From, run.To, outcome);
    }

    /// <summary>Makes a run of a batch a dead letter.</summary>
    public static void Bury(SqliteSession session, Guid batchId, ReportRange run, Outcome.Rejected refusal, DateTimeOffset now) => session.Execute(
        """
        insert into dead_letter (batch_id, export_id, from_report, to_report, error_type, error_detail, created_at, first_attempt_at, attempts)
        select id, export_id, $2, $3, $4, $5, $6, first_attempt_at, attempt - released_attempts from batch where id = $1
        """,
        batchId, run.From, run.To, refusal.ErrorType, refusal.Detail, now);

    private static void Bury(SqliteSession session, Guid batchId, PartPlan plan, Outcome.Rejected refusal, DateTimeOffset now)
    {
        if (plan.Before is { } before)
            session.Execute("update dead_letter set to_report = $2, created_at = $3 where number = $1", before.Letter, plan.Range.To, now);
        else
            Bury(session, batchId, plan.Range, refusal, now);
    }

    private static void Deliver(SqliteSession session, Guid batchId, PartPlan plan)
    {
        if (plan.After is { } after)
            session.Execute("delete from done_part where batch_id = $1 and from_report = $2", batchId, after.Range.From);
        if (plan.Before is { } before)
            session.Execute("update done_part set to_report = $3 where batch_id = $1 and from_report = $2", batchId, before.Range.From, plan.Range.To);
        else
            Add(session, batchId, BatchState.Delivered, plan.Range);
    }
}
