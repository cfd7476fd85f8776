namespace Exporter.Delivery.Blocks;

/// <summary>Bounds of the group commit.</summary>
public sealed record GroupCommitOptions
{
    /// <summary>Packed bytes held in memory; beyond it requests are refused.</summary>
    public long MaxHeldBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Packed bytes at which a commit is closed.</summary>
    public long MaxCommitBytes { get; init; } = 4L * 1024 * 1024;

    /// <summary>What refused clients are told.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Every fault, as a sentence.</summary>
    public IEnumerable<string> Problems(string key)
    {
        if (MaxHeldBytes < 1024 * 1024)
            yield return $"'{key}:MaxHeldBytes' must be at least 1048576, found {MaxHeldBytes}.";
        if (MaxCommitBytes < 1)
            yield return $"'{key}:MaxCommitBytes' must be at least 1, found {MaxCommitBytes}.";
        if (RetryAfter <= TimeSpan.Zero)
            yield return $"'{key}:RetryAfter' must be longer than zero, found {RetryAfter}.";
    }
}
