using Exporter.Delivery.Blocks;

namespace Exporter.Storage.Sqlite;

/// <summary>Blocks in, in one durable transaction (rules B1 to B4, B8).</summary>
public sealed class SqliteBlockStore(SqliteStore store, ExportLimits limits) : IBlockStore
{
    /// <inheritdoc />
    public StoreRefusal? Refusal => store.Room.Refusal ?? limits.Refusal;

    /// <inheritdoc />
    public async Task<IReadOnlyList<CommitReceipt>> CommitAsync(IReadOnlyList<Submission> submissions, CancellationToken cancel)
    {
        if (Refusal is { } refusal)
            throw new StoreRefusedException(refusal);

        while (true)
        {
            var receipts = await FindRepeatsAsync(submissions, cancel);
            var fresh = submissions.Where((_, i) => receipts[i] is CommitReceipt.Stored).ToList();
            var blocks = BlockPacker.Pack(fresh, () => Guid.CreateVersion7(store.Clock.Now));
            try
            {
                await store.Writer.RunAsync(session => Insert(session, fresh, blocks, store.Clock.Now));
                return receipts;
            }
            catch (KeyTakenException)
            {
                // Another commit used one of the keys since it was looked for, and nothing was stored: look again.
            }
        }
    }

    private async Task<CommitReceipt[]> FindRepeatsAsync(IReadOnlyList<Submission> submissions, CancellationToken cancel)
    {
        var receipts = new CommitReceipt[submissions.Count];
        var seen = new Dictionary<(string, string), IdempotencyRecord>();
        for (var i = 0; i < receipts.Length; i++)
        {
            receipts[i] = CommitReceipt.Stored.Instance;
            if (submissions[i].Idempotency is not { } idempotency)
                continue;

            var key = (submissions[i].ApiKey ?? "", idempotency.Key);
            var first = seen.GetValueOrDefault(key) ?? await FindAsync(key, cancel);
            if (first is null)
                seen[key] = idempotency;
            else
                receipts[i] = first.RequestSha256.Span.SequenceEqual(idempotency.RequestSha256.Span)
                    ? new CommitReceipt.Repeated(first.Answer)
                    : CommitReceipt.KeyReused.Instance;
        }

        return receipts;
    }

    private Task<IdempotencyRecord?> FindAsync((string ApiKey, string Key) key, CancellationToken cancel) =>
        store.Readers.ReadAsync(
            session => session.First(
                "select request_sha256, answer from idempotency where api_key = $1 and key = $2 and created_at > $3",
                row => new IdempotencyRecord(key.Key, row.Bytes(0), row.Bytes(1)),
                key.ApiKey, key.Key, store.Clock.Now - IdempotencyRecord.RememberedFor),
            cancel);

    private static int Insert(SqliteSession session, List<Submission> fresh, IReadOnlyList<Block> blocks, DateTimeOffset now)
    {
        foreach (var submission in fresh)
        {
            if (submission.Idempotency is { } idempotency && !Remember(session, submission.ApiKey ?? "", idempotency, now))
                throw new KeyTakenException();
        }

        foreach (var block in blocks)
        {
            session.Execute("insert into block_payload (id, bytes) values ($1, $2)", block.Id, block.Payload);
            session.Execute(
                """
                insert into block (id, api_key, source, report_count, payload_bytes, payload_sha256, received_at, first_observed_at, last_observed_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
                block.Id, block.ApiKey, block.Source, block.ReportCount, block.Payload.Length, block.PayloadSha256, now,
                block.FirstObservedAtMilliseconds, block.LastObservedAtMilliseconds);
        }

        return blocks.Count;
    }

    private static bool Remember(SqliteSession session, string apiKey, IdempotencyRecord idempotency, DateTimeOffset now)
    {
        session.Execute(
            "delete from idempotency where api_key = $1 and key = $2 and created_at <= $3", apiKey, idempotency.Key, now - IdempotencyRecord.RememberedFor);
        return session.Execute(
            "insert into idempotency (api_key, key, request_sha256, answer, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing",
            apiKey, idempotency.Key, idempotency.RequestSha256, idempotency.Answer, now) == 1;
    }

    private sealed class KeyTakenException : Exception;
}
