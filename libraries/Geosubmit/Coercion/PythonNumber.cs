using System.Buffers;
using System.Globalization;
using Exporter.Geosubmit.Reading;

namespace Exporter.Geosubmit.Coercion;

/// <summary>Text that Python's <c>float()</c> takes.</summary>
internal static class PythonNumber
{
    private const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789.eE+-");

    public static bool TryParse(string text, out double value, out string? problem)
    {
        value = 0;
        problem = Sentences.TextIsNoNumber;
        if (!PythonText.TryJoinDigits(PythonText.Plain(text), out var plain) || plain.Length > PythonText.Longest)
            return false;

        var size = plain.StartsWith('+') || plain.StartsWith('-') ? plain[1..] : plain;
        if (Is(size, "inf") || Is(size, "infinity") || Is(size, "nan"))
        {
            value = double.NaN;
            problem = null;
            return true;
        }

        if (size.AsSpan().ContainsAnyExcept(Characters) || !double.TryParse(plain, Style, CultureInfo.InvariantCulture, out value))
            return false;
        problem = null;
        return true;
    }

    private static bool Is(string size, string word) => size.Equals(word, StringComparison.OrdinalIgnoreCase);
}
