using System.IO.Compression;
using System.Text.Json;
using Exporter.Admin.V1;

namespace Exporter.Oracle.Destinations;

/// <summary>An object as it stands in a folder or a bucket, read with nothing of Exporter's own.</summary>
/// <param name="Source">By its folder.</param>
/// <param name="ApiKey">By its folder; null for none.</param>
/// <param name="BatchId">By its name; null when the name is not of the right form.</param>
internal sealed record StoredObject(string Source, string? ApiKey, Guid? BatchId)
{
    private const int SegmentCount = 6;

    /// <summary>What its key under an export's own place says; null when that is not source/key/year/month/day/name.</summary>
    public static StoredObject? Of(ExportPlan export, string key)
    {
        var segments = key.Split('/');
        if (segments.Length != SegmentCount || !segments[5].EndsWith(export.Extension, StringComparison.Ordinal))
            return null;

        var isUuid = Guid.TryParseExact(segments[5][..^export.Extension.Length], "D", out var id) && id.Version == 4;
        return new(segments[0], segments[1] == "no_key" ? null : segments[1], isUuid ? id : null);
    }

    /// <summary>The arrival that an object is.</summary>
    /// <param name="export">Whose object.</param>
    /// <param name="key">Under the export's own place.</param>
    /// <param name="place">For people.</param>
    /// <param name="openAsync">Opens what stands there.</param>
    public static async Task<Arrival> ReadAsync(ExportPlan export, string key, string place, Func<Task<Stream>> openAsync)
    {
        if (Of(export, key) is not { BatchId: { } batch } item)
            return Arrival.Unwanted(place);

        try
        {
            await using var stored = await openAsync();
            return new(place) { BatchId = batch, Source = item.Source, ApiKey = item.ApiKey, Reports = Read(export, stored) };
        }
        catch (Exception e)
        {
            return Arrival.Unreadable(place, e);
        }
    }

    private static List<JsonElement> Read(ExportPlan export, Stream stored)
    {
        using var body = export.Compression == ObjectCompression.Gzip ? new GZipStream(stored, CompressionMode.Decompress) : stored;
        if (export.Format == ObjectFormat.Json)
            return [.. JsonSerializer.Deserialize<JsonElement>(body).GetProperty("items").EnumerateArray()];

        using var lines = new StreamReader(body);
        var reports = new List<JsonElement>();
        while (lines.ReadLine() is { } line)
            reports.Add(JsonSerializer.Deserialize<JsonElement>(line));
        return reports;
    }
}
