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
        var isDue = await store.Readers.ReadAsync(session => FindDue(session, exportId, store.Clock.Now) is not null, cancel);
        var claim = isDue ? await store.Writer.RunAsync(session => Claim(session, exportId, maxInFlight, lease, backOff, store.Clock.Now)) : null;
        if (claim is not null)
            Failpoint.Pass("claim.after");
        return claim;
    }

    /// <inheritdoc />
    public Task<bool> RenewAsync(Claim claim, TimeSpan lease, CancellationToken cancel) => store.Writer.RunAsync(
        session => session.Execute(
            "update batch set lease_until = $3 where id = $1 and attempt = $2 and state = 2",
            claim.Batch.Id, claim.Attempt, store.Clock.Now + lease) == 1);

    /// <inheritdoc />
    public Task<bool> ReleaseAsync(Claim claim, CancellationToken cancel) =>
        store.Writer.RunAsync(session => SqliteOutcomes.Release(session, claim, store.Clock.Now));

    /// <inheritdoc />
    public async Task<bool> RecordAsync(Claim claim, Outcome outcome, TimeSpan dueIn, TimeSpan retain, CancellationToken cancel)
    {
        Failpoint.Pass("outcome.before");
        var isHeld = await store.Writer.RunAsync(session => SqliteOutcomes.Record(session, claim, outcome, dueIn, retain, store.Clock.Now));
        Failpoint.Pass("outcome.after");
        return isHeld;
    }

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
    public Task<TimeSpan?> NextDueInAsync(Guid exportId, CancellationToken cancel) => store.Readers.ReadAsync<TimeSpan?>(
        session => session.First(
                "select min(case when state = 2 then max(due_at, lease_until) else due_at end) from batch where export_id = $1 and state in (1, 2)",
                row => row.TimeOrNull(0) is { } due ? new Wait(due - store.Clock.Now) : null!,
                exportId)?.Time,
        cancel);

    private static Claim? Claim(SqliteSession session, Guid exportId, int maxInFlight, TimeSpan lease, TimeSpan backOff, DateTimeOffset now)
    {
        var inFlight = session.Scalar<long>("select count(*) from batch where export_id = $1 and state = 2 and lease_until >= $2", exportId, now);
        if (inFlight >= maxInFlight || FindDue(session, exportId, now) is not { } due)
            return null;

        session.Execute(
            "update batch set state = 2, attempt = attempt + 1, lease_until = $2, due_at = $3 where id = $1", due.Batch.Id, now + lease, now + backOff);
        if (due.State == BatchState.Sealed)
            SqliteBooks.Move(session, exportId, "waiting", "in_flight", due.Batch.ReportCount);
        return new(due.Batch, due.Attempts + 1, now + lease);
    }

    private static Delivery.Queries.BatchView? FindDue(SqliteSession session, Guid exportId, DateTimeOffset now) => session.First(
        $"""
        select {SqliteBatchRow.Columns} from batch
        where export_id = $1 and due_at <= $2 and (state = 1 or state = 2 and lease_until < $2) and state in (1, 2)
        order by number limit 1
        """,
        SqliteBatchRow.Read, exportId, now);

    private static void CopyTo(SqliteDataReader row, ArrayBufferWriter<byte> into, int length)
    {
        MemoryMarshal.TryGetArray<byte>(into.GetMemory(length), out var room);
        row.GetBytes(0, 0, room.Array, room.Offset, length);
        into.Advance(length);
    }

    private sealed record Wait(TimeSpan Time);
}
