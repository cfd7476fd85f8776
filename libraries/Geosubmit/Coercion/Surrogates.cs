using System.Globalization;

namespace Exporter.Geosubmit.Coercion;

/// <summary>Finds escapes such as <c>\ud800</c> that stand without their other half: they have no form in UTF-8.</summary>
internal static class Surrogates
{
    private const int EscapeLength = 6;

    /// <summary>Whether a JSON string, as it stands between its quotes, holds one.</summary>
    public static bool AreLone(ReadOnlySpan<byte> raw)
    {
        for (var at = raw.IndexOf((byte)'\\'); at >= 0;)
        {
            raw = raw[at..];
            var taken = 2;
            if (CodeUnit(raw, out var unit))
            {
                taken = EscapeLength;
                if (char.IsLowSurrogate(unit))
                    return true;
                if (char.IsHighSurrogate(unit))
                {
                    if (!CodeUnit(raw[taken..], out var other) || !char.IsLowSurrogate(other))
                        return true;
                    taken += EscapeLength;
                }
            }

            raw = raw[taken..];
            at = raw.IndexOf((byte)'\\');
        }

        return false;
    }

    private static bool CodeUnit(ReadOnlySpan<byte> raw, out char unit)
    {
        unit = '\0';
        if (raw.Length < EscapeLength || raw[0] != '\\' || raw[1] != 'u')
            return false;
        unit = (char)ushort.Parse(raw[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return true;
    }
}
