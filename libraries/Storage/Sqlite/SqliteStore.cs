namespace Exporter.Storage.Sqlite;

/// <summary>The open database: one writer, a few readers, checkpoints beside them.</summary>
public sealed class SqliteStore : IAsyncDisposable
{
    private const int MaxReaders = 4;
    private readonly SqliteCheckpoints checkpoints;
    private bool isClosed;

    private SqliteStore(string path, bool isNew, SqliteOptions options, TimeProvider clock)
    {
        (Path, IsNew, Options) = (path, isNew, options);
        Clock = new(clock);
        Room = new(System.IO.Path.GetDirectoryName(path)!, options, clock);
        checkpoints = new(() => SqliteDatabase.Open(path), options.MaxWalBytes, clock);
        Readers = new(() => SqliteDatabase.Open(path), MaxReaders);
        Writer = new(SqliteDatabase.Open(path), checkpoints.Written);
        checkpoints.Start();
    }

    /// <summary>The database's file.</summary>
    public string Path { get; }

    /// <summary>Whether this start made the file.</summary>
    public bool IsNew { get; }

    /// <summary>The clock of leases, due times and sealing.</summary>
    public StoreClock Clock { get; }

    /// <summary>Bytes in the write-ahead log that are not yet in the database.</summary>
    public long WalBytes => checkpoints.WalBytes;

    internal SqliteOptions Options { get; }

    internal DiskRoom Room { get; }

    internal SqliteWriter Writer { get; }

    internal SqliteReaders Readers { get; }

    /// <summary>Opens or makes the database, and gives up what an earlier process had claimed.</summary>
    /// <exception cref="StoreStartException">It is damaged, another program's, or a newer version's.</exception>
    public static async Task<SqliteStore> OpenAsync(string path, SqliteOptions options, TimeProvider clock)
    {
        var isNew = SqliteDatabase.Prepare(path);
        var store = new SqliteStore(path, isNew, options, clock);
        await store.Writer.RunAsync(session => SqliteRecovery.Run(session, store.Clock.Now));
        return store;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isClosed, true))
            return;

        Writer.Dispose();
        await checkpoints.DisposeAsync();
        Readers.Dispose();
    }
}
