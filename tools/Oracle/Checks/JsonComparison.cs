using System.Text.Json;

namespace Exporter.Oracle.Checks;

/// <summary>Compares two JSON values field by field, whatever the order of fields.</summary>
internal static class JsonComparison
{
    /// <summary>A sentence about the first difference, or null.</summary>
    public static string? FirstDifference(JsonElement expected, JsonElement found) =>
        JsonElement.DeepEquals(expected, found) ? null : Difference("$", expected, found);

    private static string Difference(string path, JsonElement expected, JsonElement found)
    {
        if (expected.ValueKind == JsonValueKind.Object && found.ValueKind == JsonValueKind.Object)
            return OfObjects(path, expected, found);
        if (expected.ValueKind == JsonValueKind.Array && found.ValueKind == JsonValueKind.Array && expected.GetArrayLength() == found.GetArrayLength())
        {
            var at = Enumerable.Range(0, expected.GetArrayLength()).First(i => !JsonElement.DeepEquals(expected[i], found[i]));
            return Difference($"{path}[{at}]", expected[at], found[at]);
        }

        return $"has another value at {path}: {Short(found)} instead of {Short(expected)}.";
    }

    private static string OfObjects(string path, JsonElement expected, JsonElement found)
    {
        foreach (var field in expected.EnumerateObject())
        {
            if (!found.TryGetProperty(field.Name, out var value))
                return $"lacks {path}.{field.Name}.";
            if (!JsonElement.DeepEquals(field.Value, value))
                return Difference($"{path}.{field.Name}", field.Value, value);
        }

        var more = found.EnumerateObject().First(field => !expected.TryGetProperty(field.Name, out _));
        return $"has {path}.{more.Name}, which was not handed in.";
    }

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > 60 } text ? text[..60] + "…" : value.GetRawText();
}
