using System.Text.Json;
using System.Text.Json.Nodes;

namespace Exporter.Standalone.Boxes;

/// <summary>A body of the shape that an app sends, observed within the last hours, and what must come out of it.</summary>
internal static class ClientSample
{
    private static readonly string[] Places = ["latitude", "longitude", "accuracy", "altitude"];

    public static JsonObject Read(string name)
    {
        var body = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", name)))!.AsObject();
        var items = body["items"]!.AsArray();
        var newest = items.Max(item => item!["timestamp"]!.GetValue<long>());
        var shift = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds() - newest;
        foreach (var item in items)
            item!["timestamp"] = item["timestamp"]!.GetValue<long>() + shift;
        return body;
    }

    /// <summary>The reports as geosubmit v2 has them, oldest first.</summary>
    public static IReadOnlyList<JsonElement> Expected(JsonObject body) =>
        [.. body["items"]!.AsArray().Select(item => JsonSerializer.SerializeToElement(AsV2(item!.DeepClone().AsObject())))];

    private static JsonObject AsV2(JsonObject item)
    {
        item.Remove("radioType");
        if (item["position"] is null)
        {
            var position = new JsonObject();
            foreach (var field in Places.Where(item.ContainsKey))
            {
                position[field] = item[field]!.DeepClone();
                item.Remove(field);
            }

            item["position"] = position;
        }

        if (item["position"]!["source"]?.GetValue<string>() is null or "gps")
            item["position"]!["source"] = item["position"]!["source"] is null ? null : "gnss";
        if (item["position"]!["source"] is null)
            item["position"]!.AsObject().Remove("source");
        foreach (var list in new[] { "bluetoothBeacons", "cellTowers", "wifiAccessPoints" })
            item[list] ??= new JsonArray();
        foreach (var cell in item["cellTowers"]!.AsArray())
            Expect(cell!.AsObject());
        return item;
    }

    private static void Expect(JsonObject cell)
    {
        if (cell.Remove("psc", out var code))
            cell["primaryScramblingCode"] = code;
        if (cell["radioType"] is null)
            cell.Remove("radioType");
        else if (cell["radioType"]!.GetValue<string>() == "umts")
            cell["radioType"] = "wcdma";
    }
}
