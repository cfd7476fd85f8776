using Exporter.Delivery.Blocks;

namespace Exporter.Storage.Postgres;

/// <summary>Adds up the books every second, and every ten forgets what has had its time; each a bounded number of rows.</summary>
internal sealed class PostgresTidy(PostgresStore store)
{
    private const int MostEntries = 4096;
    private const int MostRows = 1024;
    private static readonly TimeSpan FoldInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepMarks = TimeSpan.FromHours(1);

    private const string Batches =
        """
        with gone as (
          delete from exporter.batch where id = any (array(
            select id from exporter.batch where state in (3, 5) and released_to = to_sequence and ended_at < exporter.clock() - $1
            order by ended_at limit $2 for update skip locked))
          returning id
        ), parts as (
          delete from exporter.done_part where batch_id = any (array(select id from gone)))
        select count(*) from gone
        """;

    private const string Keys =
        """
        delete from exporter.idempotency i using (
          select api_key, key from exporter.idempotency where created_at < exporter.clock() - $1 order by created_at limit $2 for update skip locked) as old
        where i.api_key = old.api_key and i.key = old.key
        """;

    private const string Marks =
        """
        delete from exporter.commit_mark where id = any (array(
          select id from exporter.commit_mark where created_at < exporter.clock() - $1 order by created_at limit $2 for update skip locked))
        """;

    private const string Partitions =
        """
        delete from exporter.partition p
        where p.oldest_at is null and not exists (select 1 from exporter.export where id = p.export_id)
          and not exists (select 1 from exporter.membership where partition = p.number)
        """;

    private readonly PostgresShelves shelves = new(store);
    private long foldedAt = long.MinValue;
    private long tidiedAt = long.MinValue;

    public async Task RunAsync(CancellationToken cancel)
    {
        if (IsDue(ref foldedAt, FoldInterval))
            await store.TransactAsync(session => PostgresBooks.FoldAsync(session, MostEntries, cancel), cancel);
        if (!IsDue(ref tidiedAt, Interval))
            return;

        await store.RunAsync(session => ForgetAsync(session, cancel), cancel);
        await shelves.SweepAsync(cancel);
    }

    private async Task<bool> ForgetAsync(PostgresSession session, CancellationToken cancel)
    {
        while (await session.ScalarAsync<long>(Batches, cancel, store.Options.KeepEndedBatches, MostRows) == MostRows)
            cancel.ThrowIfCancellationRequested();
        while (await session.ExecuteAsync(Keys, cancel, IdempotencyRecord.RememberedFor, MostRows) == MostRows)
            cancel.ThrowIfCancellationRequested();
        while (await session.ExecuteAsync(Marks, cancel, KeepMarks, MostRows) == MostRows)
            cancel.ThrowIfCancellationRequested();
        await session.ExecuteAsync(Partitions, cancel);
        return true;
    }

    private bool IsDue(ref long doneAt, TimeSpan interval)
    {
        if (doneAt != long.MinValue && store.Clock.GetElapsedTime(doneAt) < interval)
            return false;

        doneAt = store.Clock.GetTimestamp();
        return true;
    }
}
