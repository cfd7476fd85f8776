using System.IO.Compression;
using System.Text.Json;
using Exporter.Admin.V1;

namespace Exporter.Oracle.Destinations;

/// <summary>An object as it lies on disk, read with nothing of Exporter's own.</summary>
/// <param name="Path">Of the file.</param>
/// <param name="Source">By its folder.</param>
/// <param name="ApiKey">By its folder; null for none.</param>
/// <param name="BatchId">By its name; null when the name is not of the right form.</param>
internal sealed record ObjectFile(string Path, string Source, string? ApiKey, Guid? BatchId)
{
    private const int SegmentCount = 6;

    /// <summary>What its place under an export's folder says; null when that is not source/key/year/month/day/name.</summary>
    public static ObjectFile? Of(ExportPlan export, string folder, string path)
    {
        var segments = System.IO.Path.GetRelativePath(folder, path).Split('/');
        if (segments.Length != SegmentCount || !segments[5].EndsWith(export.Extension, StringComparison.Ordinal))
            return null;

        var isUuid = Guid.TryParseExact(segments[5][..^export.Extension.Length], "D", out var id) && id.Version == 4;
        return new(path, segments[0], segments[1] == "no_key" ? null : segments[1], isUuid ? id : null);
    }

    /// <summary>The reports in it.</summary>
    /// <exception cref="Exception">It is not what it should be.</exception>
    public IReadOnlyList<JsonElement> Read(ExportPlan export)
    {
        using var file = File.OpenRead(Path);
        using Stream body = export.Compression == ObjectCompression.Gzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        if (export.Format == ObjectFormat.Json)
            return [.. JsonSerializer.Deserialize<JsonElement>(body).GetProperty("items").EnumerateArray()];

        using var lines = new StreamReader(body);
        var reports = new List<JsonElement>();
        while (lines.ReadLine() is { } line)
            reports.Add(JsonSerializer.Deserialize<JsonElement>(line));
        return reports;
    }
}
