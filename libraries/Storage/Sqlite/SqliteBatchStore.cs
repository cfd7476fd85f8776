using System.Buffers;
using System.Runtime.InteropServices;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Faults;
using Microsoft.Data.Sqlite;

namespace Exporter.Storage.Sqlite;

/// <summary>Sealed batches: claiming, reading, recording (rules C1 to C5, B7).</summary>
public sealed class SqliteBatchStore(SqliteStore store) : IBatchStore
{
    /// <inheritdoc />
    public async Task<Claim?> ClaimAsync(Guid exportId, int maxInFlight, TimeSpan lease, TimeSpan backOff, CancellationToken cancel)
    {
        var isDue = await store.Readers.ReadAsync(session => SqliteClaims.IsDue(session, exportId, store.Clock.Now), cancel);
        var claim = isDue ? await store.Writer.RunAsync(session => SqliteClaims.Claim(session, exportId, maxInFlight, lease, backOff, store.Clock.Now)) : null;
        if (claim is not null)
            Failpoint.Pass("claim.after");
        return claim;
    }

    /// <inheritdoc />
    public Task<bool> RenewAsync(Claim claim, TimeSpan lease, CancellationToken cancel) =>
        store.Writer.RunAsync(session => SqliteOutcomes.Renew(session, claim, store.Clock.Now + lease));

    /// <inheritdoc />
    public Task<bool> ReleaseAsync(Claim claim, CancellationToken cancel) =>
        store.Writer.RunAsync(session => SqliteOutcomes.Release(session, claim, store.Clock.Now));

    /// <inheritdoc />
    public async Task<Recorded?> RecordAsync(Claim claim, Outcome outcome, RecordTerms terms, CancellationToken cancel)
    {
        Failpoint.Pass("outcome.before");
        var recorded = await store.Writer.RunAsync(session => SqliteOutcomes.Record(session, claim, outcome, terms, store.Clock.Now));
        Failpoint.Pass("outcome.after");
        return recorded;
    }

    /// <inheritdoc />
    public Task<bool> RecordPartAsync(Claim claim, ReportRange part, Outcome.Rejected? refusal, CancellationToken cancel)
    {
        PartPlan.Check(claim.Batch, part);
        return store.Writer.RunAsync(session => SqliteParts.Record(session, claim, part, refusal, store.Clock.Now));
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<ReportRange>> ReadSettledAsync(Guid batchId, CancellationToken cancel) => store.Readers.ReadAsync<IReadOnlyList<ReportRange>>(
        session => [.. SqliteParts.Read(session, batchId, new(0, long.MaxValue)).Select(run => run.Range)], cancel);

    /// <inheritdoc />
    public Task<IReadOnlyList<BatchMember>> ReadMembersAsync(Batch batch, long fromSequence, int limit, CancellationToken cancel) =>
        store.Readers.ReadAsync<IReadOnlyList<BatchMember>>(
            session => SqliteMembers.Read(
                session,
                session.Scalar<long>("select partition from batch where id = $1", batch.Id),
                fromSequence,
                batch.ToSequence,
                limit),
            cancel);

    /// <inheritdoc />
    public async Task ReadPayloadAsync(Guid blockId, ArrayBufferWriter<byte> into, CancellationToken cancel)
    {
        var isThere = await store.Readers.ReadAsync(
            session => session.First(
                "select bytes, length(bytes) from block_payload where id = $1",
                row =>
                {
                    var length = row.GetInt32(1);
                    CopyTo(row, into, length);
                    return "there";
                },
                blockId),
            cancel);
        if (isThere is null)
            throw new InvalidDataException($"The payload of block {blockId} is gone. The database is damaged: restore it from a backup.");
    }

    /// <inheritdoc />
    public Task<TimeSpan?> NextDueInAsync(Guid exportId, CancellationToken cancel) =>
        store.Readers.ReadAsync(session => SqliteClaims.NextDue(session, exportId) - store.Clock.Now, cancel);

    private static void CopyTo(SqliteDataReader row, ArrayBufferWriter<byte> into, int length)
    {
        MemoryMarshal.TryGetArray<byte>(into.GetMemory(length), out var room);
        row.GetBytes(0, 0, room.Array, room.Offset, length);
        into.Advance(length);
    }
}
