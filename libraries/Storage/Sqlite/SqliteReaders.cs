using System.Collections.Concurrent;

namespace Exporter.Storage.Sqlite;

/// <summary>A few connections for short reads; each reader sees what is committed.</summary>
internal sealed class SqliteReaders(Func<SqliteSession> open, int most) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> idle = [];
    private readonly SemaphoreSlim free = new(most, most);

    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancel)
    {
        await free.WaitAsync(cancel);
        try
        {
            var session = idle.TryTake(out var kept) ? kept : open();
            try
            {
                return read(session);
            }
            finally
            {
                idle.Add(session);
            }
        }
        finally
        {
            free.Release();
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var session))
            session.Dispose();
        free.Dispose();
    }
}
