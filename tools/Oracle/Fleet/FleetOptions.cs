namespace Exporter.Oracle.Fleet;

/// <summary>What a run over services does.</summary>
internal sealed record FleetOptions
{
    /// <summary>Instances of each service when the command line does not say: stores take them by turns.</summary>
    public static IReadOnlyList<int> Turns { get; } = [2, 3];

    public int Rounds { get; init; } = 70;

    public long Seed { get; init; }

    /// <summary>Instances of each service; a new store takes the next of these.</summary>
    public IReadOnlyList<int> Instances { get; init; } = Turns;

    /// <summary>Whether what a failed round wrote stays.</summary>
    public bool KeepsFailed { get; init; }

    /// <summary>Rounds on one database before a new one is begun.</summary>
    public int RoundsPerStore { get; init; } = 7;

    /// <summary>After this no round begins.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.MaxValue;

    /// <summary>How often each kind of fault must be seen, without which a run fails; fewer where there are few rounds.</summary>
    public static int TimesEach(int rounds) => Math.Min(5, rounds / 14);

    /// <summary>Rounds that may be added to make up for windows that were not reached.</summary>
    public int ExtraRounds => Rounds / 5;
}
