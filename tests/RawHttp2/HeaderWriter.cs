using System.Text;

namespace Exporter.RawHttp2;

/// <summary>Writes header blocks (HPACK, RFC 7541): every field as a literal that is not indexed, no Huffman code.</summary>
public static class HeaderWriter
{
    public static byte[] Write(IEnumerable<Field> fields)
    {
        var block = new List<byte>();
        foreach (var field in fields)
        {
            block.Add(0);
            Add(block, field.Name);
            Add(block, field.Value);
        }

        return [.. block];
    }

    /// <summary>An integer behind some bits of its first byte.</summary>
    public static byte[] Number(int value, int prefixBits, byte first)
    {
        var most = (1 << prefixBits) - 1;
        if (value < most)
            return [(byte)(first | value)];

        var bytes = new List<byte> { (byte)(first | most) };
        for (value -= most; value >= 128; value >>= 7)
            bytes.Add((byte)(value & 127 | 128));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    /// <summary>Latin-1, so that a test can send any byte.</summary>
    private static void Add(List<byte> block, string text)
    {
        block.AddRange(Number(text.Length, prefixBits: 7, first: 0));
        block.AddRange(Encoding.Latin1.GetBytes(text));
    }
}
