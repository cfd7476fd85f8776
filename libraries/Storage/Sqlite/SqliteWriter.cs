using System.Collections.Concurrent;
using System.Diagnostics;
using Exporter.Delivery.Blocks;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Exporter.Storage.Sqlite;

/// <summary>
/// The one writer: work that arrives while a commit is on its way to the disk shares the next transaction, each piece in a
/// savepoint of its own. A task completes when its transaction is durable.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int MaxPieces = 64;
    private static readonly TimeSpan MaxOpen = TimeSpan.FromMilliseconds(25);
    private readonly BlockingCollection<Piece> queue = [];
    private readonly SqliteSession session;
    private readonly Action<SqliteSession> committed;
    private readonly Thread thread;

    public SqliteWriter(SqliteSession session, Action<SqliteSession> committed)
    {
        this.session = session;
        this.committed = committed;
        thread = new(Work) { Name = "sqlite writer", IsBackground = true };
        thread.Start();
    }

    /// <summary>Pieces that wait for the writer.</summary>
    public int Waiting => queue.Count;

    public Task<T> RunAsync<T>(Func<SqliteSession, T> work)
    {
        var piece = new Piece<T>(work);
        queue.Add(piece);
        return piece.Task;
    }

    public void Dispose()
    {
        queue.CompleteAdding();
        thread.Join();
        queue.Dispose();
        session.Dispose();
    }

    private void Work()
    {
        var pieces = new List<Piece>();
        foreach (var first in queue.GetConsumingEnumerable())
        {
            try
            {
                Commit(first, pieces);
                pieces.ForEach(piece => piece.Succeed());
            }
            catch (Exception e)
            {
                RollBack();
                var cause = e is SqliteException { SqliteErrorCode: raw.SQLITE_FULL } ? Full(e) : e;
                pieces.ForEach(piece => piece.Fail(cause));
            }

            pieces.Clear();
            committed(session);
        }
    }

    private void Commit(Piece first, List<Piece> pieces)
    {
        var begun = Stopwatch.GetTimestamp();
        pieces.Add(first);
        session.Execute("begin immediate");
        Run(first);
        while (pieces.Count < MaxPieces && Stopwatch.GetElapsedTime(begun) < MaxOpen && queue.TryTake(out var next))
        {
            pieces.Add(next);
            Run(next);
        }

        session.Execute("commit");
    }

    private void Run(Piece piece)
    {
        session.Execute("savepoint piece");
        try
        {
            piece.Run(session);
            session.Execute("release piece");
        }
        catch (Exception e) when (!EndsTransaction(e))
        {
            session.Execute("rollback to piece");
            session.Execute("release piece");
            piece.Fail(e);
        }
    }

    private void RollBack()
    {
        try
        {
            session.Execute("rollback");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does after most errors that get here.
        }
    }

    private static bool EndsTransaction(Exception e) =>
        e is SqliteException
        {
            SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_NOMEM or raw.SQLITE_BUSY or raw.SQLITE_INTERRUPT
                or raw.SQLITE_CORRUPT,
        };

    private static StoreRefusedException Full(Exception cause) =>
        new(new("store_full", "The disk of the store is full. Make room on it; what waits is delivered meanwhile.", TimeSpan.FromSeconds(30)), cause);

    private abstract class Piece
    {
        public abstract void Run(SqliteSession session);

        public abstract void Succeed();

        public abstract void Fail(Exception cause);
    }

    private sealed class Piece<T>(Func<SqliteSession, T> work) : Piece
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Task => done.Task;

        public override void Run(SqliteSession session) => result = work(session);

        public override void Succeed() => done.TrySetResult(result!);

        public override void Fail(Exception cause) => done.TrySetException(cause);
    }
}
