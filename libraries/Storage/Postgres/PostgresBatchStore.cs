using System.Buffers;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Faults;

namespace Exporter.Storage.Postgres;

/// <summary>Sealed batches: claiming, reading, recording (rules C1 to C5, B7).</summary>
public sealed class PostgresBatchStore(PostgresStore store) : IBatchStore
{
    internal const string NextDue =
        """
        select least(
          (select exporter.clock() where exists (select 1 from exporter.batch where export_id = $1 and ready_number >= $2)),
          (select due_at from exporter.batch where export_id = $1 and state = 1 and is_deferred order by due_at limit 1),
          (select greatest(due_at, lease_until) from exporter.batch where export_id = $1 and lease_until >= $3 order by lease_until limit 1)) - exporter.clock()
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
        return Reopened(claim, number);
    }

    /// <inheritdoc />
    public async Task<bool> RecordAsync(Claim claim, Outcome outcome, TimeSpan dueIn, TimeSpan retain, CancellationToken cancel)
    {
        Failpoint.Pass("outcome.before");
        var number = await store.Retry.RunAsync(
            isRepeat => store.RunAsync(session => PostgresOutcomes.RecordAsync(session, claim, outcome, dueIn, retain, isRepeat, cancel), cancel), cancel);
        Failpoint.Pass("outcome.after");
        return outcome is Outcome.Deferred ? Reopened(claim, number) : number > 0;
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

    private bool Reopened(Claim claim, long number)
    {
        if (number > 0)
            store.Hints.Claims(claim.Batch.ExportId).Reopened(number);
        return number > 0;
    }
}
