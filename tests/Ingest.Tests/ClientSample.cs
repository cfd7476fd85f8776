using System.Text.Json.Nodes;

namespace Exporter.Ingest;

/// <summary>Bodies in the shape that today's clients send, with their times moved to now.</summary>
internal sealed record ClientSample(string Path, byte[] Body, int Count)
{
    public static IEnumerable<string> Names { get; } = ["neostumbler-v2", "towercollector-v2", "mozstumbler-v1"];

    public static ClientSample Load(string name, DateTimeOffset now)
    {
        using var stream = typeof(ClientSample).Assembly.GetManifestResourceStream(name)!;
        var document = JsonNode.Parse(stream)!;
        var items = document["items"]!.AsArray();
        foreach (var item in items)
            item!["timestamp"] = now.ToUnixTimeMilliseconds();
        return new($"/{name[^2..]}/geosubmit", Sample.Bytes(document.ToJsonString()), items.Count);
    }
}
