using System.Text.Json;

namespace Exporter.Geosubmit.Coercion;

internal static class Emptiness
{
    /// <summary>Passes over an array or object, and tells whether anything was in it.</summary>
    public static bool SkipContainer(ref Utf8JsonReader json)
    {
        var inside = json;
        inside.Read();
        json.Skip();
        return inside.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject;
    }
}
