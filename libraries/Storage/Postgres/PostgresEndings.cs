using Exporter.Delivery.Batches;
using Exporter.Delivery.Sending;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>What ends a claim and is more than a plain delivery: one short transaction that holds the queue, the batch and the circuit.</summary>
internal static class PostgresEndings
{
    /// <summary>A claimed batch until the transaction's end, with its number and the store's clock.</summary>
    internal const string Hold =
        """
        select report_count, settled_reports, attempt - released_attempts, number, exporter.clock() from exporter.batch
        where id = $1 and attempt = $2 and state = 2 for update
        """;

    private const string Stands = "select report_count - settled_reports from exporter.batch where id = $1 and attempt = $2 and state = any ($3)";

    private const string Defer =
        """
        update exporter.batch set state = 1, lease_until = null, is_deferred = $2 > interval '0', due_at = exporter.clock() + $2,
          error_type = $3, error_detail = $4
        where id = $1
        """;

    private const string Deliver =
        """
        update exporter.batch set state = $2, lease_until = null, ended_at = exporter.clock(), release_at = exporter.clock() + $3,
          error_type = '', error_detail = '', settled_reports = case when $2 = 4 then report_count else settled_reports end,
          object_bytes = $4, object_etag = $5, object_sha256 = $6
        where id = $1
        """;

    private const string Reject =
        """
        update exporter.batch set state = $2, lease_until = null, ended_at = exporter.clock(), release_at = exporter.clock() + $3,
          error_type = $4, error_detail = $5, settled_reports = report_count
        where id = $1
        """;

    public static (HeldBatch Batch, long Number, DateTimeOffset Now) Read(NpgsqlDataReader row) =>
        (new(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2)), row.GetInt64(3), row.Time(4));

    /// <summary>Records an outcome, in a transaction.</summary>
    /// <returns>What it made of the batch, and the batch's number; null when the claim is no longer held.</returns>
    public static async Task<(Ending Ending, long Number)?> RecordAsync(
        PostgresSession session, Claim claim, Outcome outcome, RecordTerms terms, CancellationToken cancel)
    {
        var (batchId, exportId) = (claim.Batch.Id, claim.Batch.ExportId);
        await using var look = session.Pipeline()
            .HoldQueue(exportId)
            .Add(Hold, batchId, claim.Attempt)
            .Add(PostgresCircuits.Hold, exportId)
            .Add(PostgresParts.Touching, batchId, 0L, long.MaxValue);
        await using var reader = await look.ReadAsync(cancel);
        await reader.TakeAsync(_ => 0, cancel);
        var held = await reader.TakeAsync(Read, cancel);
        var circuit = (await reader.TakeAsync(PostgresCircuits.Read, cancel)).SingleOrDefault();
        var runs = await reader.TakeAsync(PostgresParts.Read, cancel);
        await reader.DisposeAsync();
        if (held is not [var (batch, number, now)])
            return null;

        var ending = Ending.Of(batch, runs, outcome, terms, circuit, now);
        await using var pipeline = session.Pipeline();
        Write(pipeline, claim, outcome, terms, ending);
        PostgresCircuits.Set(pipeline, exportId, ending.Circuit);
        await pipeline.ExecuteAsync(cancel);
        return (ending, number);
    }

    /// <summary>Whether an outcome that was sent before and whose answer was lost stands; reports that it was about, or null.</summary>
    public static async Task<long?> FindAsync(PostgresSession session, Claim claim, Outcome outcome, CancellationToken cancel)
    {
        int[] states = outcome is Outcome.Deferred ? [(int)BatchState.Sealed] : [(int)BatchState.Delivered, (int)BatchState.Dead, (int)BatchState.Discarded];
        return await session.ScalarAsync<long?>(Stands, cancel, claim.Batch.Id, claim.Attempt, states);
    }

    private static void Write(PostgresPipeline pipeline, Claim claim, Outcome outcome, RecordTerms terms, Ending ending)
    {
        var (batchId, exportId, reports) = (claim.Batch.Id, claim.Batch.ExportId, ending.Reports);
        switch (outcome)
        {
            case Outcome.Delivered delivered:
                PostgresParts.Add(pipeline, batchId, BatchState.Delivered, ending.State == BatchState.Dead ? ending.Rest : []);
                pipeline.Add(
                    Deliver, batchId, ending.State, terms.Retain, PostgresValue.Bigint(delivered.Receipt?.Bytes),
                    PostgresValue.Text(delivered.Receipt?.ETag), PostgresValue.Text(delivered.Receipt?.Sha256));
                pipeline.Add(PostgresBooks.Entry, PostgresBooks.Of(exportId, inFlight: -reports, delivered: reports));
                break;
            case Outcome.Rejected rejected:
                foreach (var run in ending.Rest)
                    PostgresParts.Bury(pipeline, batchId, run, rejected);
                pipeline.Add(Reject, batchId, ending.State, terms.Retain, rejected.ErrorType, rejected.Detail);
                pipeline.Add(PostgresBooks.Entry, PostgresBooks.Of(exportId, inFlight: -reports, dead: reports));
                break;
            case Outcome.Deferred deferred:
                pipeline.Add(Defer, batchId, ending.DueIn, deferred.ErrorType, deferred.Detail);
                pipeline.Add(PostgresBooks.Entry, PostgresBooks.Of(exportId, inFlight: -reports, waiting: reports));
                break;
        }
    }
}
