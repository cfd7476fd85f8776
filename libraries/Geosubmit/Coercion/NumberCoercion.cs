using System.Globalization;
using System.Text.Json;
using Exporter.Geosubmit.Reading;

namespace Exporter.Geosubmit.Coercion;

/// <summary>Reads numbers as Python's <c>float()</c> takes them; what is not finite is as good as absent.</summary>
internal static class NumberCoercion
{
    public static bool TryRead(ref Utf8JsonReader json, out double value, out string? problem)
    {
        value = 0;
        problem = null;
        switch (json.TokenType)
        {
            case JsonTokenType.Number:
                return TryLiteral(json.ValueSpan, out value, out problem);
            case JsonTokenType.String:
                return TextCoercion.TryRead(ref json, out var text, out problem) && text.Length > 0
                    && PythonNumber.TryParse(text, out value, out problem) && double.IsFinite(value);
            case JsonTokenType.True:
                value = 1;
                return true;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                var kind = json.TokenType;
                if (!Emptiness.SkipContainer(ref json))
                    problem = Sentences.NoNumber(kind);
                return false;
            default:
                return false;
        }
    }

    private static bool TryLiteral(ReadOnlySpan<byte> literal, out double value, out string? problem)
    {
        problem = null;
        value = double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsFinite(value))
            return true;
        if (!literal.ContainsAny(".eE"u8))
            problem = Sentences.BeyondNumber;
        return false;
    }
}
