namespace Exporter.Samples;

internal static class MacText
{
    public static string Of(ulong mac, bool withSeparators) =>
        withSeparators ? string.Create(17, mac, WriteSeparated) : string.Create(12, mac, WritePlain);

    private static void WriteSeparated(Span<char> text, ulong mac)
    {
        text.Fill(':');
        for (var index = 0; index < 6; index++)
            WriteByte(text[(3 * index)..], mac, index);
    }

    private static void WritePlain(Span<char> text, ulong mac)
    {
        for (var index = 0; index < 6; index++)
            WriteByte(text[(2 * index)..], mac, index);
    }

    private static void WriteByte(Span<char> text, ulong mac, int index)
    {
        const string Digits = "0123456789abcdef";
        var value = (int)(mac >> (40 - (8 * index))) & 0xFF;
        text[0] = Digits[value >> 4];
        text[1] = Digits[value & 0xF];
    }
}
