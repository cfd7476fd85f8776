namespace Exporter.Storage.Sqlite;

/// <summary>The embedded store.</summary>
public sealed record SqliteOptions
{
    /// <summary>Free bytes on the disk below which reports are refused (rule B8); the larger of this and <see cref="MinFreePercent"/> counts.</summary>
    public long MinFreeBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Share of the disk that is kept free, in percent.</summary>
    public double MinFreePercent { get; init; } = 5;

    /// <summary>Size of the write-ahead log at which the writer itself empties it (rule B7).</summary>
    public long MaxWalBytes { get; init; } = 32L * 1024 * 1024;

    /// <summary>How long rows of delivered batches are kept for operators to look at.</summary>
    public TimeSpan KeepEndedBatches { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Every fault, as a sentence.</summary>
    public IEnumerable<string> Problems(string key)
    {
        if (MinFreeBytes < 0)
            yield return $"'{key}:MinFreeBytes' must not be negative, found {MinFreeBytes}.";
        if (MinFreePercent is < 0 or > 50)
            yield return $"'{key}:MinFreePercent' must be from 0 to 50, found {MinFreePercent}.";
        if (MaxWalBytes < 1024 * 1024)
            yield return $"'{key}:MaxWalBytes' must be at least 1048576, found {MaxWalBytes}.";
        if (KeepEndedBatches < TimeSpan.Zero)
            yield return $"'{key}:KeepEndedBatches' must not be negative, found {KeepEndedBatches}.";
    }
}
