using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;

namespace Exporter.Storage.Postgres;

/// <summary>
/// Whether reports may come in, and the shelf that they go to: read from the server every two seconds beside the work, so
/// that a request never waits for it. The server's own disk can't be seen from here; the size of the database is bounded.
/// </summary>
internal sealed class PostgresRoom(PostgresStore store)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AwayPause = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private volatile StoreRefusal? refusal;
    private Task reading = Task.CompletedTask;
    private long readAt = long.MinValue;
    private StoreRefusal? away;
    private long awayAt;
    private short? shelf;

    /// <summary>Why nothing is taken in, or null; as of the last reading.</summary>
    public StoreRefusal? Refusal
    {
        get
        {
            Refresh();
            lock (gate)
                return away is not null && store.Clock.GetElapsedTime(awayAt) < AwayPause ? away : refusal;
        }
    }

    /// <summary>Notes that the server did not answer: for a moment nothing is sent to it.</summary>
    public void NoteAway(StoreRefusal cause)
    {
        lock (gate)
            (away, awayAt) = (cause, store.Clock.GetTimestamp());
    }

    public void NoteBack()
    {
        lock (gate)
            away = null;
    }

    /// <summary>The shelf for new payloads. One that is no longer current does no harm, only keeps its space for longer.</summary>
    public async Task<short> ShelfAsync(CancellationToken cancel)
    {
        Refresh();
        lock (gate)
        {
            if (shelf is { } known)
                return known;
        }

        await ReadAsync(cancel);
        return shelf!.Value;
    }

    public async Task ReadAsync(CancellationToken cancel)
    {
        var (bytes, current, full) = await store.RunAsync(
            async session =>
            {
                await using var pipeline = session.Pipeline()
                    .Add("select pg_database_size(current_database())")
                    .Add("select number from exporter.payload_shelf where is_current")
                    .Add(PostgresBooks.FullExports, nameof(FullPolicy.RefuseIngest));
                await using var reader = await pipeline.ReadAsync(cancel);
                var size = (await reader.TakeAsync(row => row.GetInt64(0), cancel))[0];
                var number = (await reader.TakeAsync(row => row.GetInt16(0), cancel))[0];
                return (size, number, await reader.TakeAsync(row => (Name: row.GetString(0), Waiting: row.GetInt64(1), Most: row.GetInt64(2)), cancel));
            },
            cancel);
        refusal = bytes > store.Options.MaxStoreBytes
            ? new("store_full", $"The store holds {bytes} bytes, and its bound is {store.Options.MaxStoreBytes}. Raise MaxStoreBytes if its disk has room, or wait until deliveries have made some.", TimeSpan.FromSeconds(30))
            : full.Count > 0 ? ExportLimits.RefusalOf(full[0].Name, full[0].Waiting, full[0].Most) : null;
        lock (gate)
            shelf = current;
    }

    private void Refresh()
    {
        lock (gate)
        {
            if (!reading.IsCompleted || (readAt != long.MinValue && store.Clock.GetElapsedTime(readAt) < Fresh))
                return;

            readAt = store.Clock.GetTimestamp();
            reading = Task.Run(RefreshAsync);
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            await ReadAsync(CancellationToken.None);
        }
        catch (Exception e) when (PostgresFaults.IsPassing(e))
        {
            NoteAway(PostgresFaults.RefusalOf(e));
        }
        catch (Npgsql.PostgresException)
        {
            // The schema is missing or another: the health check says so, and commits fail with the server's own words.
        }
    }
}
