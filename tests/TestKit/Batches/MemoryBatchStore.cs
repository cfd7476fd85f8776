using System.Buffers;
using Exporter.Delivery.Batches;

namespace Exporter.TestKit.Batches;

/// <summary>A store that holds one sealed batch in memory.</summary>
public sealed class MemoryBatchStore(Batch held, IReadOnlyList<BatchMember> members, IReadOnlyDictionary<Guid, byte[]> payloads) : IBatchStore
{
    private readonly SortedDictionary<ReportRange, Outcome.Rejected?> settled = new(Comparer<ReportRange>.Create((one, other) => one.From.CompareTo(other.From)));
    private int attempt;

    /// <summary>The batch's members, in order.</summary>
    public IReadOnlyList<BatchMember> Members => members;

    /// <summary>Payloads by block.</summary>
    public IReadOnlyDictionary<Guid, byte[]> Payloads => payloads;

    /// <summary>How the last attempt ended.</summary>
    public Outcome? Recorded { get; private set; }

    /// <summary>The parts that are settled, in order, with the refusal of those that are dead letters.</summary>
    public IReadOnlyDictionary<ReportRange, Outcome.Rejected?> Settled => settled;

    /// <summary>Replaces the payloads read from now on, as a damaged database would.</summary>
    public Func<byte[], byte[]> Damage { get; set; } = payload => payload;

    /// <summary>Makes an attempt the one that holds the claim.</summary>
    public void Hold(int number) => attempt = number;

    public Task<Claim?> ClaimAsync(Guid exportId, int maxInFlight, TimeSpan lease, TimeSpan backOff, CancellationToken cancel) =>
        Task.FromResult<Claim?>(exportId == held.ExportId && Recorded is null or Outcome.Deferred ? new(held, ++attempt, held.SealedAt + lease) : null);

    public Task<bool> RenewAsync(Claim claim, TimeSpan lease, CancellationToken cancel) => Task.FromResult(claim.Attempt == attempt);

    public Task<bool> ReleaseAsync(Claim claim, CancellationToken cancel) => Task.FromResult(claim.Attempt == attempt);

    public Task<Recorded?> RecordAsync(Claim claim, Outcome outcome, RecordTerms terms, CancellationToken cancel)
    {
        if (claim.Attempt != attempt)
            return Task.FromResult<Recorded?>(null);

        Recorded = outcome;
        return Task.FromResult<Recorded?>(new(held.ReportCount - settled.Sum(part => part.Key.Count), CircuitChange.None));
    }

    public Task<bool> RecordPartAsync(Claim claim, ReportRange part, Outcome.Rejected? refusal, CancellationToken cancel)
    {
        if (claim.Attempt == attempt)
            settled[part] = refusal;
        return Task.FromResult(claim.Attempt == attempt);
    }

    public Task<IReadOnlyList<ReportRange>> ReadSettledAsync(Guid batchId, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ReportRange>>([.. settled.Keys]);

    public Task<IReadOnlyList<BatchMember>> ReadMembersAsync(Batch batch, long fromSequence, int limit, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<BatchMember>>([.. members.Where(member => member.Sequence >= fromSequence).Take(limit)]);

    public Task ReadPayloadAsync(Guid blockId, ArrayBufferWriter<byte> into, CancellationToken cancel)
    {
        into.Write(Damage(payloads[blockId]));
        return Task.CompletedTask;
    }

    public Task<TimeSpan?> NextDueInAsync(Guid exportId, CancellationToken cancel) =>
        Task.FromResult<TimeSpan?>(Recorded is null or Outcome.Deferred ? TimeSpan.Zero : null);
}
