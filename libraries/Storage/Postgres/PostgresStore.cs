using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>The store on PostgreSQL, as one process sees it: its connections, and what it remembers between statements.</summary>
public sealed class PostgresStore
{
    /// <summary>Takes a data source, which stays its maker's; see <see cref="PostgresConnections"/>.</summary>
    public PostgresStore(NpgsqlDataSource source, PostgresOptions options, TimeProvider clock)
    {
        (Source, Options, Clock) = (source, options, clock);
        Retry = new(options.RetryFor, clock);
        Hints = new(clock);
        Room = new(this);
    }

    internal NpgsqlDataSource Source { get; }

    internal PostgresOptions Options { get; }

    /// <summary>This process's clock: for pauses and ids; all that is stored is of the server's (rule S6).</summary>
    internal TimeProvider Clock { get; }

    internal PostgresRetry Retry { get; }

    internal PostgresHints Hints { get; }

    internal PostgresRoom Room { get; }

    internal async Task<PostgresSession> OpenAsync(CancellationToken cancel) => new(await Source.OpenConnectionAsync(cancel));

    /// <summary>Runs statements on a connection, each a transaction of its own unless the work begins one.</summary>
    internal async Task<T> RunAsync<T>(Func<PostgresSession, Task<T>> work, CancellationToken cancel)
    {
        await using var session = await OpenAsync(cancel);
        return await work(session);
    }

    /// <summary>Runs work in one transaction; it is undone when the work throws.</summary>
    internal async Task<T> TransactAsync<T>(Func<PostgresSession, Task<T>> work, CancellationToken cancel)
    {
        await using var session = await OpenAsync(cancel);
        await session.BeginAsync(cancel);
        var result = await work(session);
        await session.CommitAsync(cancel);
        return result;
    }
}
