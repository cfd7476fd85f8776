namespace Exporter.Oracle;

/// <summary>What a run does.</summary>
internal sealed record OracleOptions
{
    public int Rounds { get; init; } = 50;

    public long Seed { get; init; }

    /// <summary>Whether the data folder of a failed round stays.</summary>
    public bool KeepsFailed { get; init; }

    /// <summary>Rounds on one data folder before a new one is begun.</summary>
    public int RoundsPerFolder { get; init; } = 5;

    /// <summary>Kills in each window without which a run fails; fewer where there are few rounds.</summary>
    public int KillsPerWindow => Math.Min(5, Rounds / 10);

    /// <summary>Rounds that may be added to make up for windows that were not reached.</summary>
    public int ExtraRounds => Rounds / 5;
}
