using System.Buffers;

namespace Exporter.Delivery.Batches;

/// <summary>Sealed batches: claiming, reading, recording (rules C1 to C5).</summary>
public interface IBatchStore
{
    /// <summary>Claims the batch of the export that was sealed first among those due, or returns null.</summary>
    /// <param name="exportId">Whose.</param>
    /// <param name="maxInFlight">No claim when this many live claims exist over all instances.</param>
    /// <param name="lease">Until others may claim it.</param>
    /// <param name="backOff">When it is due again should this worker die.</param>
    /// <param name="cancel">Ends the waiting.</param>
    Task<Claim?> ClaimAsync(Guid exportId, int maxInFlight, TimeSpan lease, TimeSpan backOff, CancellationToken cancel);

    /// <summary>Makes the lease longer; false when the claim is no longer held.</summary>
    Task<bool> RenewAsync(Claim claim, TimeSpan lease, CancellationToken cancel);

    /// <summary>Gives the claim back; not an attempt (rule S7).</summary>
    Task<bool> ReleaseAsync(Claim claim, CancellationToken cancel);

    /// <summary>
    /// Records how the attempt ended, with the books; false when the claim is no longer held, and then nothing changed.
    /// Deferred with the destination's fault leaves the batch due at once; with the batch's own, due after <paramref name="dueIn"/>.
    /// </summary>
    /// <param name="claim">The attempt that ended.</param>
    /// <param name="outcome">How.</param>
    /// <param name="dueIn">Back-off of a deferred batch.</param>
    /// <param name="retain">How long the blocks of a delivered batch are kept.</param>
    /// <param name="cancel">Ends the waiting.</param>
    Task<bool> RecordAsync(Claim claim, Outcome outcome, TimeSpan dueIn, TimeSpan retain, CancellationToken cancel);

    /// <summary>Members of a batch in order, from a sequence number on; short statements (rule B7).</summary>
    Task<IReadOnlyList<BatchMember>> ReadMembersAsync(Batch batch, long fromSequence, int limit, CancellationToken cancel);

    /// <summary>Appends a block's payload to a buffer, in one short statement.</summary>
    /// <exception cref="InvalidDataException">The block is gone: the database is damaged.</exception>
    Task ReadPayloadAsync(Guid blockId, ArrayBufferWriter<byte> into, CancellationToken cancel);

    /// <summary>When the export's next batch is due, by the store's clock as a wait from now, or null when none is open.</summary>
    Task<TimeSpan?> NextDueInAsync(Guid exportId, CancellationToken cancel);
}

/// <summary>A block's place in a batch.</summary>
/// <param name="Sequence">In the partition.</param>
/// <param name="BlockId">The block.</param>
/// <param name="ReportCount">Reports in it.</param>
/// <param name="PayloadSha256">32 bytes.</param>
public sealed record BatchMember(long Sequence, Guid BlockId, int ReportCount, ReadOnlyMemory<byte> PayloadSha256);
