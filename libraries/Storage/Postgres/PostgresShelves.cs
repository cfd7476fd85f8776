using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>
/// Gives the space of payloads back a shelf at a time (rule B4): begins the next shelf when one is old or large, truncates
/// those that no block names any more, and moves the few that stay behind.
/// </summary>
internal sealed class PostgresShelves(PostgresStore store)
{
    /// <summary>A shelf with so few blocks is emptied by moving them.</summary>
    private const int FewBlocks = 256;

    private const int MovedAtOnce = 32;

    private const string Read =
        """
        select number, is_current, pg_relation_size(at) = 0, opened_at <= exporter.clock() - $1, pg_total_relation_size(at)
        from (select number, is_current, opened_at, format('exporter.block_payload_%s', number)::regclass as at from exporter.payload_shelf) as shelf
        order by opened_at
        """;

    private const string CountBlocks = "select count(*) from (select 1 from exporter.block where shelf = $1 limit $2) as few";

    public async Task SweepAsync(CancellationToken cancel)
    {
        var shelves = await store.RunAsync(session => ReadAsync(session, cancel), cancel);
        if (await TurnAsync(shelves, cancel))
            shelves = await store.RunAsync(session => ReadAsync(session, cancel), cancel);
        foreach (var shelf in shelves.Where(shelf => !shelf.IsCurrent && !shelf.IsEmpty))
            await ClearAsync(shelf, cancel);
    }

    /// <summary>With every shelf in use the current one goes on growing: nothing is lost but the time until its space is back.</summary>
    private async Task<bool> TurnAsync(List<Shelf> shelves, CancellationToken cancel)
    {
        var current = shelves.Single(shelf => shelf.IsCurrent);
        var isDue = current.IsOld || current.Bytes > store.Options.ShelfBytes;
        return !current.IsEmpty && isDue && shelves.Find(shelf => shelf.IsEmpty) is { } next
            && await store.TransactAsync(session => TurnToAsync(session, current, next, cancel), cancel) > 0;
    }

    private async Task ClearAsync(Shelf shelf, CancellationToken cancel)
    {
        var blocks = await store.RunAsync(session => session.ScalarAsync<long>(CountBlocks, cancel, shelf.Number, FewBlocks + 1), cancel);
        while (blocks is > 0 and <= FewBlocks)
        {
            var moved = await store.TransactAsync(session => MoveAsync(session, shelf, cancel), cancel);
            if (moved == 0)
                return;
            blocks -= moved;
        }

        if (blocks <= 0)
            await TruncateAsync(shelf, cancel);
    }

    private static async Task<int> TurnToAsync(PostgresSession session, Shelf current, Shelf next, CancellationToken cancel)
    {
        await session.HoldShelvesAsync(cancel);
        var isStill = await session.ExecuteAsync(
            "update exporter.payload_shelf set is_current = false where number = $1 and is_current", cancel, current.Number);
        return isStill == 0
            ? 0
            : await session.ExecuteAsync(
                "update exporter.payload_shelf set is_current = true, opened_at = exporter.clock() where number = $1", cancel, next.Number);
    }

    private static async Task<int> MoveAsync(PostgresSession session, Shelf shelf, CancellationToken cancel)
    {
        await session.HoldShelvesAsync(cancel);
        var ids = (await session.QueryAsync(
            "select id from exporter.block where shelf = $1 limit $2 for update skip locked", row => row.GetGuid(0), cancel, shelf.Number, MovedAtOnce)).ToArray();
        var to = await session.ScalarAsync<short>("select number from exporter.payload_shelf where is_current", cancel);
        await session.ExecuteAsync(
            $"insert into exporter.block_payload (shelf, id, bytes) select $2, id, bytes from exporter.block_payload_{shelf.Number} where id = any ($1)",
            cancel, ids, to);
        return await session.ExecuteAsync("update exporter.block set shelf = $2 where id = any ($1)", cancel, ids, to);
    }

    /// <summary>
    /// Under the lock nothing can be added, so a shelf that no block names then is empty for good. The lock is hardly waited
    /// for: a backup, say, holds it off until a later sweep.
    /// </summary>
    private async Task TruncateAsync(Shelf shelf, CancellationToken cancel)
    {
        try
        {
            await store.TransactAsync(
                async session =>
                {
                    await session.HoldShelvesAsync(cancel);
                    await session.ExecuteAsync("set local lock_timeout = '100ms'", cancel);
                    await session.ExecuteAsync($"lock table exporter.block_payload_{shelf.Number} in access exclusive mode", cancel);
                    if (await session.ScalarAsync<long>(CountBlocks, cancel, shelf.Number, 1) > 0)
                        return 0;

                    return await session.ExecuteAsync($"truncate exporter.block_payload_{shelf.Number}", cancel);
                },
                cancel);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // Somebody reads it.
        }
    }

    private Task<List<Shelf>> ReadAsync(PostgresSession session, CancellationToken cancel) => session.QueryAsync(
        Read, row => new Shelf(row.GetInt16(0), row.GetBoolean(1), row.GetBoolean(2), row.GetBoolean(3), row.GetInt64(4)), cancel, store.Options.ShelfTime);

    private sealed record Shelf(short Number, bool IsCurrent, bool IsEmpty, bool IsOld, long Bytes);
}
