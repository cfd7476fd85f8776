using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Exporter.TestKit.Batches;

/// <summary>Reads delivered bodies back.</summary>
public static class BodyReports
{
    /// <summary>The text of a body, unpacked when it is gzip.</summary>
    public static string Text(byte[] body)
    {
        Stream stream = new MemoryStream(body);
        if (body is [0x1f, 0x8b, ..])
            stream = new GZipStream(stream, CompressionMode.Decompress);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The ids of the reports in a body, in order; {"items":[…]} or one report a line.</summary>
    public static IReadOnlyList<string> Ids(byte[] body)
    {
        var text = Text(body);
        if (!text.StartsWith("{\"items\":", StringComparison.Ordinal))
            return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => IdOf(JsonDocument.Parse(line).RootElement))];

        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.GetProperty("items").EnumerateArray().Select(IdOf)];
    }

    // Made-up reports have their id there; others have none.
    private static string IdOf(JsonElement report) => report.TryGetProperty("carrier", out var id) ? id.GetString()! : "";
}
