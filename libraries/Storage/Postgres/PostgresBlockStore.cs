using Exporter.Delivery.Blocks;

namespace Exporter.Storage.Postgres;

/// <summary>Blocks in, in one durable transaction and one round trip (rules B1 to B4, B8).</summary>
public sealed class PostgresBlockStore(PostgresStore store, ExportLimits limits) : IBlockStore
{
    /// <inheritdoc />
    public StoreRefusal? Refusal => store.Room.Refusal ?? limits.Refusal;

    /// <inheritdoc />
    /// <exception cref="CommitUnknownException">The server went away during the commit and did not come back in time.</exception>
    public async Task<IReadOnlyList<CommitReceipt>> CommitAsync(IReadOnlyList<Submission> submissions, CancellationToken cancel)
    {
        if (Refusal is { } refusal)
            throw new StoreRefusedException(refusal);

        var isUnknown = false;
        try
        {
            var receipts = await TryAsync(submissions, () => isUnknown = true, cancel);
            store.Room.NoteBack();
            return receipts;
        }
        catch (Exception e) when (PostgresFaults.IsPassing(e))
        {
            var cause = PostgresFaults.RefusalOf(e);
            store.Room.NoteAway(cause);
            throw isUnknown ? new CommitUnknownException(e) : new StoreRefusedException(cause, e);
        }
    }

    private async Task<IReadOnlyList<CommitReceipt>> TryAsync(IReadOnlyList<Submission> submissions, Action lost, CancellationToken cancel)
    {
        while (true)
        {
            var receipts = await store.Retry.RunAsync(
                _ => store.RunAsync(session => PostgresIdempotency.FindRepeatsAsync(session, submissions, cancel), cancel), cancel);
            var fresh = submissions.Where((_, i) => receipts[i] is CommitReceipt.Stored).ToList();
            var blocks = BlockPacker.Pack(fresh, () => Guid.CreateVersion7(store.Clock.GetUtcNow()));
            if (fresh.Count == 0)
                return receipts;

            var commit = Guid.CreateVersion7(store.Clock.GetUtcNow());
            if (await store.Retry.RunAsync(isRepeat => CommitAsync(commit, fresh, blocks, isRepeat, lost, cancel), cancel))
                return receipts;
        }
    }

    /// <returns>False when another commit used one of the idempotency keys since they were looked for: nothing was stored.</returns>
    private async Task<bool> CommitAsync(
        Guid commit, List<Submission> fresh, IReadOnlyList<Block> blocks, bool isRepeat, Action lost, CancellationToken cancel)
    {
        var shelf = await store.Room.ShelfAsync(cancel);
        await using var session = await store.OpenAsync(cancel);
        await using var pipeline = session.Pipeline().Add(PostgresBlocks.Mark, commit);
        PostgresIdempotency.Remember(pipeline, fresh);
        PostgresBlocks.Insert(pipeline, shelf, blocks);
        try
        {
            await pipeline.ExecuteAsync(cancel);
            return true;
        }
        catch (Exception e) when (isRepeat && PostgresFaults.IsDuplicate(e, "commit_mark_pkey"))
        {
            // The commit whose answer was lost stands.
            return true;
        }
        catch (Exception e) when (PostgresFaults.IsDuplicate(e, "idempotency_pkey"))
        {
            return false;
        }
        catch (Exception e) when (!PostgresFaults.IsRefusal(e))
        {
            lost();
            throw;
        }
    }
}
