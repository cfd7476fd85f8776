using System.Text.RegularExpressions;

namespace Exporter.TestKit.Processes;

/// <summary>The three addresses that Standalone announces.</summary>
/// <param name="Http">Reports over HTTP, and health.</param>
/// <param name="Grpc">IngestService.</param>
/// <param name="Admin">AdminService.</param>
public sealed partial record StandaloneAddresses(Uri Http, Uri Grpc, Uri Admin)
{
    /// <summary>Reads the announcement, or returns null for any other line.</summary>
    public static StandaloneAddresses? Parse(string line)
    {
        var match = Announcement().Match(line);
        return match.Success
            ? new(new(match.Groups["http"].Value), new(match.Groups["grpc"].Value), new(match.Groups["admin"].Value))
            : null;
    }

    [GeneratedRegex("^Exporter listens: HTTP (?<http>[^,]+), gRPC (?<grpc>[^,]+), admin (?<admin>[^ ]+)\\. Data: ")]
    private static partial Regex Announcement();
}
