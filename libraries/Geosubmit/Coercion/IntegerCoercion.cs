using System.Globalization;
using System.Text.Json;
using Exporter.Geosubmit.Reading;

namespace Exporter.Geosubmit.Coercion;

/// <summary>Reads whole numbers as Python's <c>int()</c> takes them; what Python holds for false is as good as absent.</summary>
internal static class IntegerCoercion
{
    public static bool TryRead(ref Utf8JsonReader json, out long value, out string? problem)
    {
        value = 0;
        problem = null;
        switch (json.TokenType)
        {
            case JsonTokenType.Number:
                return json.TryGetInt64(out value) || TryTruncate(json.ValueSpan, out value, out problem);
            case JsonTokenType.String:
                return TextCoercion.TryRead(ref json, out var text, out problem) && text.Length > 0
                    && PythonInteger.TryParse(text, out value, out problem);
            case JsonTokenType.True:
                value = 1;
                return true;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                var kind = json.TokenType;
                if (!Emptiness.SkipContainer(ref json))
                    problem = Sentences.NoInteger(kind);
                return false;
            default:
                return false;
        }
    }

    private static bool TryTruncate(ReadOnlySpan<byte> literal, out long value, out string? problem)
    {
        value = 0;
        problem = Sentences.BeyondInteger;
        if (!literal.ContainsAny(".eE"u8))
            return false;

        var number = Math.Truncate(double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture));
        if (!double.IsFinite(number))
        {
            problem = Sentences.NotFiniteInteger;
            return false;
        }

        if (number is < long.MinValue or >= -(double)long.MinValue)
            return false;
        value = (long)number;
        problem = null;
        return true;
    }
}
