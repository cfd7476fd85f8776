using System.IO.Compression;
using System.Text.Json;

namespace Exporter.Standalone.Boxes;

/// <summary>What an export to files has delivered.</summary>
internal sealed class ObjectFolder(string folder)
{
    public IReadOnlyList<string> Files() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.json.gz", SearchOption.AllDirectories).Where(path => !Path.GetFileName(path).StartsWith('.'))]
        : [];

    public IReadOnlyList<JsonElement> Reports() => [.. Files().SelectMany(Read)];

    /// <summary>The numbers of <see cref="SmallReport"/>s, in ascending order.</summary>
    public IReadOnlyList<int> Numbers() => [.. Reports().Select(SmallReport.NumberOf).Order()];

    private static List<JsonElement> Read(string path)
    {
        using var body = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        return [.. JsonSerializer.Deserialize<JsonElement>(body).GetProperty("items").EnumerateArray()];
    }
}
