namespace Exporter.Storage.Postgres;

/// <summary>The store on PostgreSQL.</summary>
public sealed record PostgresOptions
{
    /// <summary>The most connections of this process.</summary>
    public int MaxConnections { get; init; } = 16;

    /// <summary>How long opening a connection may take, the wait for a free one included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one statement may take before it is given up.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a commit, an outcome or a read goes on trying while the server is away.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a start waits for the server and for its schema.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Size of the database above which reports are refused (rule B8): the server's disk less its reserve.</summary>
    public long MaxStoreBytes { get; init; } = 64L * 1024 * 1024 * 1024;

    /// <summary>How long payloads go to one shelf before the next is begun; space comes back a shelf at a time (rule B4).</summary>
    public TimeSpan ShelfTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Size of a shelf at which the next is begun.</summary>
    public long ShelfBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>How long rows of delivered batches are kept for operators to look at.</summary>
    public TimeSpan KeepEndedBatches { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Every fault, as a sentence.</summary>
    public IEnumerable<string> Problems(string key)
    {
        if (MaxConnections is < 2 or > 1000)
            yield return $"'{key}:MaxConnections' must be from 2 to 1000, found {MaxConnections}.";
        foreach (var (name, value) in new[]
                 {
                     (nameof(ConnectTimeout), ConnectTimeout), (nameof(CommandTimeout), CommandTimeout), (nameof(StartTimeout), StartTimeout),
                     (nameof(ShelfTime), ShelfTime),
                 })
        {
            if (value < TimeSpan.FromSeconds(1))
                yield return $"'{key}:{name}' must be at least a second, found {value}.";
        }

        foreach (var (name, value) in new[] { (nameof(RetryFor), RetryFor), (nameof(KeepEndedBatches), KeepEndedBatches) })
        {
            if (value < TimeSpan.Zero)
                yield return $"'{key}:{name}' must not be negative, found {value}.";
        }

        foreach (var (name, value) in new[] { (nameof(MaxStoreBytes), MaxStoreBytes), (nameof(ShelfBytes), ShelfBytes) })
        {
            if (value < 64L * 1024 * 1024)
                yield return $"'{key}:{name}' must be at least 67108864, found {value}.";
        }
    }
}
