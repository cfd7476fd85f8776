namespace Exporter.Geosubmit.Writing;

/// <summary>The escapes that JSON demands: quotes, backslashes, control characters.</summary>
internal static class JsonEscape
{
    public static int Write(byte character, Span<byte> output)
    {
        var letter = character switch
        {
            (byte)'"' => (byte)'"',
            (byte)'\\' => (byte)'\\',
            (byte)'\b' => (byte)'b',
            (byte)'\f' => (byte)'f',
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            _ => (byte)0,
        };

        output[0] = (byte)'\\';
        if (letter != 0)
        {
            output[1] = letter;
            return 2;
        }

        "u00"u8.CopyTo(output[1..]);
        output[4] = (byte)('0' + (character >> 4));
        output[5] = "0123456789abcdef"u8[character & 15];
        return 6;
    }
}
