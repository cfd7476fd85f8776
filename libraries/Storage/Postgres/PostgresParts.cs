using Exporter.Delivery.Batches;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>What of a batch is settled in parts of their own (rule C5).</summary>
internal static class PostgresParts
{
    /// <summary>The runs that touch a part ($2 to $3) of a batch ($1), in order.</summary>
    internal const string Touching =
        """
        select from_report, to_report, outcome, 0::bigint, '', '', 0 from exporter.done_part
        where batch_id = $1 and from_report <= $3 and to_report >= $2
        union all
        select from_report, to_report, 4::smallint, number, error_type, error_detail, attempts from exporter.dead_letter
        where batch_id = $1 and from_report <= $3 and to_report >= $2
        order by 1
        """;

    private const string AddDone = "insert into exporter.done_part (batch_id, from_report, to_report, outcome) values ($1, $2, $3, $4)";

    private const string AddLetter =
        """
        insert into exporter.dead_letter (batch_id, export_id, from_report, to_report, error_type, error_detail, created_at, first_attempt_at, attempts)
        select id, export_id, $2, $3, $4, $5, exporter.clock(), first_attempt_at, attempt - released_attempts from exporter.batch where id = $1
        """;

    public static Task<List<SettledRun>> ReadAsync(PostgresSession session, Guid batchId, ReportRange part, CancellationToken cancel) =>
        session.QueryAsync(Touching, Read, cancel, batchId, part.From, part.To);

    public static SettledRun Read(NpgsqlDataReader row) => new(
        new(row.GetInt64(0), row.GetInt64(1)), (BatchState)row.GetInt16(2), row.GetInt64(3), row.GetString(4), row.GetString(5), row.GetInt32(6));

    /// <summary>Settles a part of a claimed batch, in a transaction; false when the claim is no longer held.</summary>
    public static async Task<bool> RecordAsync(
        PostgresSession session, Claim claim, ReportRange part, Outcome.Rejected? refusal, CancellationToken cancel)
    {
        var batchId = claim.Batch.Id;
        await using var look = session.Pipeline().Add(PostgresEndings.Hold, batchId, claim.Attempt).Add(Touching, batchId, part.From, part.To);
        HeldBatch? held;
        List<SettledRun> runs;
        await using (var reader = await look.ReadAsync(cancel))
        {
            held = (await reader.TakeAsync(row => PostgresEndings.Read(row).Batch, cancel)).SingleOrDefault();
            runs = await reader.TakeAsync(Read, cancel);
        }

        if (held is null)
            return false;

        await using var pipeline = session.Pipeline();
        foreach (var plan in PartPlan.Of(part, refusal, held.Attempt, runs))
        {
            if (refusal is null)
                Deliver(pipeline, batchId, plan);
            else
                Bury(pipeline, batchId, plan, refusal);
        }

        var reports = SettledRun.Gaps(part, runs).Sum(gap => gap.Count);
        if (reports == 0)
            return true;

        pipeline.Add("update exporter.batch set settled_reports = settled_reports + $2 where id = $1", batchId, reports);
        pipeline.Add(PostgresBooks.Entry, refusal is null
            ? PostgresBooks.Of(claim.Batch.ExportId, inFlight: -reports, delivered: reports)
            : PostgresBooks.Of(claim.Batch.ExportId, inFlight: -reports, dead: reports));
        await pipeline.ExecuteAsync(cancel);
        return true;
    }

    /// <summary>Settles runs that no other touches.</summary>
    public static void Add(PostgresPipeline pipeline, Guid batchId, BatchState outcome, params IEnumerable<ReportRange> runs)
    {
        foreach (var run in runs)
            pipeline.Add(AddDone, batchId, run.From, run.To, outcome);
    }

    /// <summary>Makes a run of a batch a dead letter.</summary>
    public static void Bury(PostgresPipeline pipeline, Guid batchId, ReportRange run, Outcome.Rejected refusal) =>
        pipeline.Add(AddLetter, batchId, run.From, run.To, refusal.ErrorType, refusal.Detail);

    private static void Bury(PostgresPipeline pipeline, Guid batchId, PartPlan plan, Outcome.Rejected refusal)
    {
        if (plan.Before is { } before)
            pipeline.Add("update exporter.dead_letter set to_report = $2, created_at = exporter.clock() where number = $1", before.Letter, plan.Range.To);
        else
            Bury(pipeline, batchId, plan.Range, refusal);
    }

    private static void Deliver(PostgresPipeline pipeline, Guid batchId, PartPlan plan)
    {
        if (plan.After is { } after)
            pipeline.Add("delete from exporter.done_part where batch_id = $1 and from_report = $2", batchId, after.Range.From);
        if (plan.Before is { } before)
            pipeline.Add("update exporter.done_part set to_report = $3 where batch_id = $1 and from_report = $2", batchId, before.Range.From, plan.Range.To);
        else
            Add(pipeline, batchId, BatchState.Delivered, plan.Range);
    }
}
