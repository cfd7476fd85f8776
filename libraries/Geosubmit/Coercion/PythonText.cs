using System.Globalization;
using System.Text;

namespace Exporter.Geosubmit.Coercion;

/// <summary>What Python does to text before it looks for a number in it.</summary>
internal static class PythonText
{
    /// <summary>Digits beyond which Python itself refuses to make a number.</summary>
    public const int Longest = 4300;

    /// <summary>Trims white space of any script and writes decimal digits of any script as 0 to 9.</summary>
    public static string Plain(string text)
    {
        text = text.Trim();
        if (text.Length > Longest || Ascii.IsValid(text))
            return text;

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i += char.IsSurrogatePair(text, i) ? 2 : 1)
        {
            var digit = CharUnicodeInfo.GetDecimalDigitValue(text, i);
            plain.Append(digit >= 0 ? (char)('0' + digit) : text[i]);
        }

        return plain.ToString();
    }

    /// <summary>Takes out underscores that stand between two digits; false where one stands elsewhere.</summary>
    public static bool TryJoinDigits(string text, out string joined)
    {
        joined = text;
        if (!text.Contains('_', StringComparison.Ordinal))
            return true;

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '_' && !(i > 0 && i + 1 < text.Length && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1])))
                return false;
        }

        joined = text.Replace("_", "", StringComparison.Ordinal);
        return true;
    }
}
