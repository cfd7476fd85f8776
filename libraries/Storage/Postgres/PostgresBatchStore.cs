using System.Buffers;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Faults;

namespace Exporter.Storage.Postgres;

/// <summary>Sealed batches: claiming, reading, recording (rules C1 to C5, B7).</summary>
public sealed class PostgresBatchStore(PostgresStore store) : IBatchStore
{
    internal const string NextDue =
        """
        select greatest(due.at, (select paused_until from exporter.circuit where export_id = $1)) - exporter.clock()
        from (select least(
          (select exporter.clock() where exists (select 1 from exporter.batch where export_id = $1 and ready_number >= $2)),
          (select due_at from exporter.batch where export_id = $1 and state = 1 and is_deferred order by due_at limit 1),
          (select greatest(due_at, lease_until) from exporter.batch where export_id = $1 and lease_until >= $3 order by lease_until limit 1)) as at) as due
        where due.at is not null
        """;

    /// <inheritdoc />
    public async Task<Claim?> ClaimAsync(Guid exportId, int maxInFlight, TimeSpan lease, TimeSpan backOff, CancellationToken cancel)
    {
        var claim = await PostgresClaims.ClaimAsync(store, exportId, maxInFlight, lease, backOff, cancel);
        if (claim is not null)
            Failpoint.Pass("claim.after");
        return claim;
    }

    /// <inheritdoc />
    public Task<bool> RenewAsync(Claim claim, TimeSpan lease, CancellationToken cancel) => store.Retry.RunAsync(
        _ => store.RunAsync(
            async session => await session.ExecuteAsync(PostgresOutcomes.Renew, cancel, claim.Batch.Id, claim.Attempt, lease) == 1, cancel),
        cancel);

    /// <inheritdoc />
    public async Task<bool> ReleaseAsync(Claim claim, CancellationToken cancel)
    {
        var number = await store.Retry.RunAsync(
            _ => store.RunAsync(session => PostgresOutcomes.ReleaseAsync(session, claim, cancel), cancel), cancel);
        if (number > 0)
            store.Hints.Claims(claim.Batch.ExportId).Reopened(number);
        return number > 0;
    }

    /// <inheritdoc />
    public async Task<Recorded?> RecordAsync(Claim claim, Outcome outcome, RecordTerms terms, CancellationToken cancel)
    {
        Failpoint.Pass("outcome.before");
        Recorded? recorded = null; // What an earlier try made of it, whose answer was lost.
        recorded = await store.Retry.RunAsync(
            async isRepeat =>
            {
                if (outcome is Outcome.Delivered delivered
                    && await store.RunAsync(session => PostgresOutcomes.DeliverAsync(session, claim, delivered, terms.Retain, cancel), cancel) is { } plain)
                    return plain;

                var ended = await store.TransactAsync(
                    async session =>
                    {
                        var ended = await PostgresEndings.RecordAsync(session, claim, outcome, terms, cancel);
                        recorded = ended?.Ending.Recorded ?? recorded;
                        return ended;
                    },
                    cancel);
                if (ended is { Ending: var ending, Number: var number })
                {
                    if (ending.State == BatchState.Sealed)
                        store.Hints.Claims(claim.Batch.ExportId).Reopened(number);
                    return ending.Recorded;
                }

                return isRepeat && await store.RunAsync(session => PostgresEndings.FindAsync(session, claim, outcome, cancel), cancel) is { } reports
                    ? recorded ?? new(reports, CircuitChange.None)
                    : null;
            },
            cancel);
        Failpoint.Pass("outcome.after");
        return recorded;
    }

    /// <inheritdoc />
    public Task<bool> RecordPartAsync(Claim claim, ReportRange part, Outcome.Rejected? refusal, CancellationToken cancel)
    {
        PartPlan.Check(claim.Batch, part);
        return store.Retry.RunAsync(
            _ => store.TransactAsync(session => PostgresParts.RecordAsync(session, claim, part, refusal, cancel), cancel), cancel);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ReportRange>> ReadSettledAsync(Guid batchId, CancellationToken cancel)
    {
        var runs = await store.Retry.RunAsync(
            _ => store.RunAsync(session => PostgresParts.ReadAsync(session, batchId, new(0, long.MaxValue), cancel), cancel), cancel);
        return runs.ConvertAll(run => run.Range);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<BatchMember>> ReadMembersAsync(Batch batch, long fromSequence, int limit, CancellationToken cancel) =>
        store.Retry.RunAsync<IReadOnlyList<BatchMember>>(
            async _ => await store.RunAsync(session => PostgresMembers.ReadAsync(session, batch, fromSequence, limit, cancel), cancel), cancel);

    /// <inheritdoc />
    public async Task ReadPayloadAsync(Guid blockId, ArrayBufferWriter<byte> into, CancellationToken cancel)
    {
        if (!await store.Retry.RunAsync(_ => PostgresPayloads.ReadAsync(store.Source, blockId, into, cancel), cancel))
            throw new InvalidDataException($"The payload of block {blockId} is gone. The database is damaged: restore it from a backup.");
    }

    /// <inheritdoc />
    public Task<TimeSpan?> NextDueInAsync(Guid exportId, CancellationToken cancel)
    {
        var (from, leases) = store.Hints.Claims(exportId).Peek();
        return store.RunAsync(session => session.ScalarAsync<TimeSpan?>(NextDue, cancel, exportId, from, leases), cancel);
    }
}
