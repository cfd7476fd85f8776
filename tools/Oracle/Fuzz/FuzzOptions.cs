namespace Exporter.Oracle.Fuzz;

/// <summary>What a run of the fuzzer does.</summary>
internal sealed record FuzzOptions
{
    public int Inputs { get; init; } = 100_000;

    public long Seed { get; init; }

    /// <summary>Only this input of the seed.</summary>
    public long? Only { get; init; }

    /// <summary>Mutations that every input has; where there are none, each input has its own.</summary>
    public IReadOnlyList<string> Mutations { get; init; } = [];

    /// <summary>Inputs on their way at a time.</summary>
    public int Workers { get; init; } = 16;

    /// <summary>Within which every input must have ended.</summary>
    public TimeSpan LongestInput { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What the server's resident memory may grow by after the first inputs, once it has come to rest.</summary>
    public long MostGrowthBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>What it may ever have been.</summary>
    public long MostBytes { get; init; } = 768L * 1024 * 1024;

    /// <summary>Within which a server whose callers have gone must have come to rest, and then have stopped.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Inputs after which memory is first looked at: pools are filled, and everything was used many times.</summary>
    public int WarmUp => Math.Min(10_000, Inputs / 2);
}
