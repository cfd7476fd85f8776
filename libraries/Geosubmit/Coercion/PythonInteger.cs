using System.Globalization;
using Exporter.Geosubmit.Reading;

namespace Exporter.Geosubmit.Coercion;

/// <summary>Text that Python's <c>int()</c> takes.</summary>
internal static class PythonInteger
{
    public static bool TryParse(string text, out long value, out string? problem)
    {
        value = 0;
        problem = Sentences.TextIsNoInteger;
        if (!PythonText.TryJoinDigits(PythonText.Plain(text), out var plain) || plain.Length > PythonText.Longest)
            return false;

        var digits = plain.AsSpan(plain.StartsWith('+') || plain.StartsWith('-') ? 1 : 0);
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
            return false;

        if (long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
        {
            problem = null;
            return true;
        }

        problem = Sentences.BeyondInteger;
        return false;
    }
}
