using Exporter.Delivery.Addresses;

namespace Exporter.S3Export;

/// <summary>Settings of this service, in the configuration section <c>Exporter</c>.</summary>
public sealed record S3ExportOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Exporter";

    /// <summary>The data folder: a root for files when no other is named.</summary>
    public string DataFolder { get; init; } = "";

    /// <summary>Absolute folders under which file:// exports may write.</summary>
    public IReadOnlyList<string> FileRoots { get; init; } = [];

    /// <summary>Hosts that may lead to private addresses.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>A folder with a file for each secret; empty when secrets come from the environment.</summary>
    public string SecretsFolder { get; init; } = "";

    /// <summary>The roots that count: those named, else the data folder, else none.</summary>
    public IReadOnlyList<string> EffectiveFileRoots =>
        FileRoots.Count > 0 ? FileRoots : DataFolder.Length > 0 ? [Path.GetFullPath(DataFolder)] : [];

    /// <summary>Every fault, as a sentence.</summary>
    public IEnumerable<string> Problems(string key)
    {
        foreach (var root in FileRoots.Where(root => !Path.IsPathFullyQualified(root)))
            yield return $"'{key}:FileRoots' must hold absolute folders, found '{root}'.";
        foreach (var problem in Delivery.Addresses.AllowedHosts.Problems($"{key}:AllowedHosts", AllowedHosts))
            yield return problem;
    }
}
