using System.Buffers;
using System.Globalization;
using System.Text;

namespace Grpc.Net.Protocol;

/// <summary>The text of <c>grpc-message</c>: UTF-8, where all but printable ASCII and '%' itself is written as %XX.</summary>
internal static class PercentEncoding
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(i => (char)i).Where(c => c != '%')]);

    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
            return text;

        var result = new StringBuilder(text.Length + 16);
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            if (Plain.Contains((char)unit))
                result.Append((char)unit);
            else
                result.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
        }
        return result.ToString();
    }

    public static string Decode(string text) => text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
}
