using Exporter.Delivery.Wakes;
using Microsoft.Data.Sqlite;

namespace Exporter.Storage.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database beside the writer. The log can start over only when all of it is copied and
/// nothing was added meanwhile, so above its bound the writer is asked to finish the job itself (rule B7).
/// </summary>
internal sealed class SqliteCheckpoints(Func<SqliteSession> open, long maxWalBytes, TimeProvider clock) : IAsyncDisposable
{
    private const string Passive = "pragma wal_checkpoint(passive)";
    private const string Restart = "pragma wal_checkpoint(restart)";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Lock gate = new();
    private readonly WakeSignal written = new();
    private readonly CancellationTokenSource stop = new();
    private Task loop = Task.CompletedTask;
    private long walBytes;

    /// <summary>Bytes written to the log since the writer last made it start over; it may have done so by itself since.</summary>
    public long WalBytes => Interlocked.Read(ref walBytes);

    public void Start() => loop = Task.Run(LoopAsync);

    /// <summary>Called by the writer, on its thread, between two transactions.</summary>
    public void Written(SqliteSession writer)
    {
        var bytes = WalBytes + (writer.TakePagesWritten() * SqliteDatabase.PageBytes);
        Interlocked.Exchange(ref walBytes, bytes > maxWalBytes && Checkpoint(writer, Restart) ? 0 : bytes);
        written.Ring();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        stop.Dispose();
        written.Dispose();
    }

    private async Task LoopAsync()
    {
        using var session = open();
        try
        {
            while (true)
            {
                await written.WaitAsync(TimeSpan.FromMinutes(1), clock, stop.Token);
                Checkpoint(session, Passive);
                await Task.Delay(Pause, clock, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped: SQLite copies the rest when the last connection closes.
        }
    }

    /// <returns>Whether it was done: false when readers stood in the way, or the disk is full.</returns>
    private bool Checkpoint(SqliteSession session, string pragma)
    {
        // SQLite lets one checkpoint run at a time, and does not wait for the other.
        lock (gate)
        {
            try
            {
                return session.Query(pragma, row => row.GetInt64(0))[0] == 0;
            }
            catch (SqliteException)
            {
                // The disk is full or fails, and those who write are told so. The log is whole: what was not copied is copied later.
                return false;
            }
        }
    }
}
