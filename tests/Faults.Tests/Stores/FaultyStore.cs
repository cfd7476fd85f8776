using System.Buffers;
using System.Collections.Concurrent;
using Exporter.Delivery.Batches;

namespace Exporter.Faults.Stores;

/// <summary>A real store, one call of which goes wrong on order.</summary>
internal sealed class FaultyStore(IBatchStore store) : IBatchStore, IDisposable
{
    private readonly ConcurrentDictionary<(Guid Batch, int Attempt), bool> killed = new();
    private readonly SemaphoreSlim broken = new(0);
    private readonly Lock gate = new();
    private (StoreCall Call, StoreEffect Effect, int Skip)? order;
    private (Guid Batch, int Attempt) current;
    private int inFlight;

    /// <summary>The most attempts at the same time.</summary>
    public int MostInFlight { get; private set; }

    /// <summary>Whether an order waits still.</summary>
    public bool IsArmed
    {
        get
        {
            lock (gate)
                return order is not null;
        }
    }

    public void FailNext(StoreCall call, StoreEffect effect, int skip = 0)
    {
        lock (gate)
            order = (call, effect, skip);
    }

    /// <summary>Completes when a call went wrong that had not when this was called last.</summary>
    public Task BreaksAsync(CancellationToken cancel) => broken.WaitAsync(cancel);

    public async Task<Claim?> ClaimAsync(Guid exportId, int maxInFlight, TimeSpan lease, TimeSpan backOff, CancellationToken cancel)
    {
        var effect = await store.NextDueInAsync(exportId, cancel) <= TimeSpan.Zero ? Take(StoreCall.Claim) : null;
        Before(effect);
        var claim = await store.ClaimAsync(exportId, maxInFlight, lease, backOff, cancel);
        if (claim is not null)
        {
            current = (claim.Batch.Id, claim.Attempt);
            MostInFlight = Math.Max(MostInFlight, Interlocked.Increment(ref inFlight));
        }

        After(effect);
        return claim;
    }

    public Task<IReadOnlyList<ReportRange>> ReadSettledAsync(Guid batchId, CancellationToken cancel) =>
        RunAsync(StoreCall.ReadSettled, () => store.ReadSettledAsync(batchId, cancel));

    public Task<IReadOnlyList<BatchMember>> ReadMembersAsync(Batch batch, long fromSequence, int limit, CancellationToken cancel) =>
        store.ReadMembersAsync(batch, fromSequence, limit, cancel);

    public Task ReadPayloadAsync(Guid blockId, ArrayBufferWriter<byte> into, CancellationToken cancel) =>
        RunAsync(StoreCall.ReadReports, async () =>
        {
            await store.ReadPayloadAsync(blockId, into, cancel);
            return true;
        });

    public Task<bool> RecordPartAsync(Claim claim, ReportRange part, Outcome.Rejected? refusal, CancellationToken cancel) =>
        RunAsync(StoreCall.RecordPart, () => store.RecordPartAsync(claim, part, refusal, cancel));

    public Task<Recorded?> RecordAsync(Claim claim, Outcome outcome, RecordTerms terms, CancellationToken cancel)
    {
        Interlocked.Decrement(ref inFlight);
        Live(claim);
        return RunAsync(StoreCall.RecordOutcome, () => store.RecordAsync(claim, outcome, terms, cancel));
    }

    public Task<bool> RenewAsync(Claim claim, TimeSpan lease, CancellationToken cancel)
    {
        Live(claim);
        return store.RenewAsync(claim, lease, cancel);
    }

    public Task<bool> ReleaseAsync(Claim claim, CancellationToken cancel)
    {
        Interlocked.Decrement(ref inFlight);
        Live(claim);
        return store.ReleaseAsync(claim, cancel);
    }

    public Task<TimeSpan?> NextDueInAsync(Guid exportId, CancellationToken cancel) => store.NextDueInAsync(exportId, cancel);

    public void Dispose() => broken.Dispose();

    private async Task<T> RunAsync<T>(StoreCall call, Func<Task<T>> run)
    {
        var effect = Take(call);
        Before(effect);
        var result = await run();
        After(effect);
        return result;
    }

    private StoreEffect? Take(StoreCall call)
    {
        lock (gate)
        {
            if (order is not { } next || next.Call != call)
                return null;
            order = next.Skip > 0 ? next with { Skip = next.Skip - 1 } : null;
            return next.Skip > 0 ? null : next.Effect;
        }
    }

    private void Before(StoreEffect? effect) => Break(effect is StoreEffect.FailBefore or StoreEffect.KillBefore, effect);

    private void After(StoreEffect? effect) => Break(effect is StoreEffect.FailAfter or StoreEffect.KillAfter, effect);

    private void Break(bool isNow, StoreEffect? effect)
    {
        if (!isNow)
            return;
        if (effect is StoreEffect.KillBefore or StoreEffect.KillAfter)
            killed[current] = true;
        broken.Release();
        throw new IOException($"The store does not answer ({effect}).");
    }

    private void Live(Claim claim)
    {
        if (killed.ContainsKey((claim.Batch.Id, claim.Attempt)))
            throw new IOException("The process is gone.");
    }
}
