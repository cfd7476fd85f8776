using System.Text.Json;
using Exporter.Geosubmit.Reading;

namespace Exporter.Geosubmit.Coercion;

/// <summary>Reads strings; null is as good as absent, and nothing else will do.</summary>
internal static class TextCoercion
{
    public static bool TryRead(ref Utf8JsonReader json, out string value, out string? problem)
    {
        value = "";
        problem = null;
        if (json.TokenType == JsonTokenType.Null)
            return false;
        if (json.TokenType != JsonTokenType.String)
        {
            problem = Sentences.NoText(json.TokenType);
            json.Skip();
            return false;
        }

        if (json.ValueIsEscaped && Surrogates.AreLone(json.ValueSpan))
        {
            problem = Sentences.LoneSurrogate;
            return false;
        }

        value = json.GetString()!;
        return true;
    }
}
