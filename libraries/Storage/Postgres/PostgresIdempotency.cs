using Exporter.Delivery.Blocks;

namespace Exporter.Storage.Postgres;

/// <summary>What clients' keys were used for in the last day (rule B3).</summary>
internal static class PostgresIdempotency
{
    private const string Find =
        """
        select i.api_key, i.key, i.request_sha256, i.answer
        from unnest($1, $2) as asked (api_key, key) join exporter.idempotency i on i.api_key = asked.api_key and i.key = asked.key
        where i.created_at > exporter.clock() - $3
        """;

    private const string ForgetOld =
        """
        delete from exporter.idempotency i using unnest($1, $2) as asked (api_key, key)
        where i.api_key = asked.api_key and i.key = asked.key and i.created_at <= exporter.clock() - $3
        """;

    private const string Insert =
        """
        insert into exporter.idempotency (api_key, key, request_sha256, answer, created_at)
        select api_key, key, request_sha256, answer, exporter.clock() from unnest($1, $2, $3, $4) as used (api_key, key, request_sha256, answer)
        """;

    public static async Task<CommitReceipt[]> FindRepeatsAsync(PostgresSession session, IReadOnlyList<Submission> submissions, CancellationToken cancel)
    {
        var receipts = new CommitReceipt[submissions.Count];
        Array.Fill(receipts, CommitReceipt.Stored.Instance);
        var keyed = submissions.Where(submission => submission.Idempotency is not null).ToList();
        if (keyed.Count == 0)
            return receipts;

        var seen = await ReadAsync(session, keyed, cancel);
        for (var i = 0; i < receipts.Length; i++)
        {
            if (submissions[i].Idempotency is not { } record)
                continue;
            if (seen.TryAdd(KeyOf(submissions[i]), record))
                continue;

            var first = seen[KeyOf(submissions[i])];
            receipts[i] = first.RequestSha256.Span.SequenceEqual(record.RequestSha256.Span)
                ? new CommitReceipt.Repeated(first.Answer)
                : CommitReceipt.KeyReused.Instance;
        }

        return receipts;
    }

    /// <summary>Adds what remembers the keys, in one order everywhere, so that two commits can't wait for each other.</summary>
    public static void Remember(PostgresPipeline pipeline, List<Submission> fresh)
    {
        var keyed = fresh.Where(submission => submission.Idempotency is not null).OrderBy(KeyOf).ToList();
        if (keyed.Count == 0)
            return;

        pipeline.Add(ForgetOld, ApiKeys(keyed), Keys(keyed), IdempotencyRecord.RememberedFor);
        pipeline.Add(
            Insert,
            ApiKeys(keyed),
            Keys(keyed),
            keyed.Select(submission => submission.Idempotency!.RequestSha256.ToArray()).ToArray(),
            keyed.Select(submission => submission.Idempotency!.Answer.ToArray()).ToArray());
    }

    private static async Task<Dictionary<(string, string), IdempotencyRecord>> ReadAsync(PostgresSession session, List<Submission> keyed, CancellationToken cancel)
    {
        var found = await session.QueryAsync(
            Find,
            row => (Key: (row.GetString(0), row.GetString(1)), Record: new IdempotencyRecord(row.GetString(1), row.Bytes(2), row.Bytes(3))),
            cancel,
            ApiKeys(keyed), Keys(keyed), IdempotencyRecord.RememberedFor);
        return found.DistinctBy(row => row.Key).ToDictionary(row => row.Key, row => row.Record);
    }

    private static (string ApiKey, string Key) KeyOf(Submission submission) => (submission.ApiKey ?? "", submission.Idempotency!.Key);

    private static Npgsql.NpgsqlParameter ApiKeys(List<Submission> keyed) => PostgresValue.Texts(keyed.Select(submission => submission.ApiKey ?? ""));

    private static Npgsql.NpgsqlParameter Keys(List<Submission> keyed) => PostgresValue.Texts(keyed.Select(submission => submission.Idempotency!.Key));
}
