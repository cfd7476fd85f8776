using System.Text.RegularExpressions;

namespace Exporter.TestKit.Processes;

/// <summary>Where a process announces that it listens, by the names of its doors.</summary>
public sealed partial class Addresses
{
    private readonly Dictionary<string, Uri> byDoor;

    private Addresses(Dictionary<string, Uri> byDoor) => this.byDoor = byDoor;

    /// <summary>Reports over HTTP, and health.</summary>
    public Uri Http => byDoor["http"];

    /// <summary>IngestService.</summary>
    public Uri Grpc => byDoor["grpc"];

    /// <summary>AdminService.</summary>
    public Uri Admin => byDoor["admin"];

    /// <summary>Reads the announcement, or returns null for any other line.</summary>
    public static Addresses? Parse(string line)
    {
        var match = Announcement().Match(line);
        return match.Success
            ? new(Door().Matches(match.Groups["doors"].Value).ToDictionary(door => door.Groups["name"].Value.ToLowerInvariant(), door => new Uri(door.Groups["url"].Value)))
            : null;
    }

    [GeneratedRegex("^[A-Za-z0-9]+ listens: (?<doors>.*)$")]
    private static partial Regex Announcement();

    [GeneratedRegex("(?<name>[A-Za-z]+) (?<url>https?://[^ ,]+[^ ,.])")]
    private static partial Regex Door();
}
