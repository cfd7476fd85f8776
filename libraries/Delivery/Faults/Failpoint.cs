using System.Diagnostics;

namespace Exporter.Delivery.Faults;

/// <summary>
/// Places at which a test kills this process with SIGKILL: set <c>EXPORTER_FAILPOINT=name:n</c> and the n-th pass through
/// <c>name</c> is the last thing that happens. Without the variable a pass costs one comparison.
/// </summary>
public static class Failpoint
{
    /// <summary>Every name, in the order of a report's life.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "commit.before", "commit.after", "route.before", "route.after", "seal.before", "seal.after", "claim.after",
        "put.before", "put.after", "complete.before", "complete.after", "part.before", "part.after", "outcome.before", "outcome.after",
        "release.after",
    ];

    // Below Names: static fields are set in the order in which they stand, and parsing looks into it.
    private static readonly (string Name, int Pass)? Armed = Parse(Environment.GetEnvironmentVariable("EXPORTER_FAILPOINT"));
    private static int passes;

    /// <summary>Passes a place; does not return when it is the armed one and its turn has come.</summary>
    public static void Pass(string name)
    {
        if (Armed is { } armed && armed.Name == name && Interlocked.Increment(ref passes) == armed.Pass)
        {
            Process.GetCurrentProcess().Kill();
            new ManualResetEventSlim().Wait();
        }
    }

    private static (string, int)? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        var parts = text.Split(':');
        return parts.Length == 2 && Names.Contains(parts[0]) && int.TryParse(parts[1], out var pass) && pass > 0
            ? (parts[0], pass)
            : throw new InvalidOperationException(
                $"EXPORTER_FAILPOINT must be name:pass with one of the names {string.Join(", ", Names)}, found '{text}'.");
    }
}
