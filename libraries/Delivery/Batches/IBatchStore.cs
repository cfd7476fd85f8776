using System.Buffers;

namespace Exporter.Delivery.Batches;

/// <summary>Sealed batches: claiming, reading, recording (rules C1 to C5).</summary>
public interface IBatchStore
{
    /// <summary>
    /// Claims the batch of the export that was sealed first among those due, or returns null. While the export's circuit pauses
    /// there is none; while it is open a single probe is in flight over all instances, and every fourth probe is of a batch
    /// further back, so that one that the destination fails on can't keep the circuit open for all (rule C2).
    /// </summary>
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
    /// Records how the attempt ended, with the books and the export's circuit; null when the claim is no longer held, and then
    /// nothing changed. It is about what of the batch is not settled yet: parts that were recorded stay as they are.
    /// </summary>
    /// <remarks>
    /// Delivered and Rejected, and a batch's own fault, close the circuit. A fault of the destination counts towards opening it,
    /// unless it pauses already; one of the set-up opens it at once. A batch that is deferred while the circuit is open is due
    /// at once, so that the order is kept; otherwise after the back-off.
    /// </remarks>
    Task<Recorded?> RecordAsync(Claim claim, Outcome outcome, RecordTerms terms, CancellationToken cancel);

    /// <summary>
    /// Records that a part of a claimed batch is settled, with the books: delivered, or dead letters with their cause. False when
    /// the claim is no longer held, and then nothing changed; a repeat of what stands changes nothing and is true.
    /// </summary>
    Task<bool> RecordPartAsync(Claim claim, ReportRange part, Outcome.Rejected? refusal, CancellationToken cancel);

    /// <summary>What of a batch is settled, delivered, dead or discarded: disjoint runs in order; neighbours may be joined.</summary>
    Task<IReadOnlyList<ReportRange>> ReadSettledAsync(Guid batchId, CancellationToken cancel);

    /// <summary>Members of a batch in order, from a sequence number on; short statements (rule B7).</summary>
    Task<IReadOnlyList<BatchMember>> ReadMembersAsync(Batch batch, long fromSequence, int limit, CancellationToken cancel);

    /// <summary>Appends a block's payload to a buffer, in one short statement.</summary>
    /// <exception cref="InvalidDataException">The block is gone: the database is damaged.</exception>
    Task ReadPayloadAsync(Guid blockId, ArrayBufferWriter<byte> into, CancellationToken cancel);

    /// <summary>When the export's next batch is due, by the store's clock as a wait from now, not before the circuit's pause ends; null when none is open.</summary>
    Task<TimeSpan?> NextDueInAsync(Guid exportId, CancellationToken cancel);
}

/// <summary>A block's place in a batch.</summary>
/// <param name="Sequence">In the partition.</param>
/// <param name="BlockId">The block.</param>
/// <param name="ReportCount">Reports in it.</param>
/// <param name="PayloadSha256">32 bytes.</param>
public sealed record BatchMember(long Sequence, Guid BlockId, int ReportCount, ReadOnlyMemory<byte> PayloadSha256);
