namespace Exporter.GeosubmitExport;

/// <summary>Settings of this service, in the configuration section <c>Exporter</c>.</summary>
public sealed record GeosubmitExportOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Exporter";

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Hosts that may lead to private addresses.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>A folder with a file for each secret; empty when secrets come from the environment.</summary>
    public string SecretsFolder { get; init; } = "";

    /// <summary>From the connecting to the head of the answer.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Every fault, as a sentence.</summary>
    public IEnumerable<string> Problems(string key)
    {
        if (RequestTimeout <= TimeSpan.Zero || RequestTimeout > LongestTimeout)
            yield return $"'{key}:RequestTimeout' must be longer than zero and at most {LongestTimeout}, found {RequestTimeout}.";
        foreach (var problem in Delivery.Addresses.AllowedHosts.Problems($"{key}:AllowedHosts", AllowedHosts))
            yield return problem;
    }
}
