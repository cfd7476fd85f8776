using System.Text;

namespace Exporter.RawHttp2;

/// <summary>Reads the header blocks of one connection (HPACK, RFC 7541) as strictly as it can.</summary>
public sealed class HeaderReader
{
    private const int FieldOverhead = 32;
    private readonly List<Field> kept = [];
    private int capacity = 4096;

    /// <exception cref="FormatException">The block is none.</exception>
    public List<Field> Read(ReadOnlySpan<byte> block)
    {
        var fields = new List<Field>();
        while (!block.IsEmpty)
        {
            var first = block[0];
            if ((first & 0x80) != 0)
                fields.Add(Indexed(Number(ref block, 7)));
            else if ((first & 0x40) != 0)
                fields.Add(Keep(Literal(ref block, 6)));
            else if ((first & 0x20) != 0)
                Resize(Number(ref block, 5));
            else
                fields.Add(Literal(ref block, 4));
        }

        return fields;
    }

    private Field Literal(ref ReadOnlySpan<byte> block, int prefixBits)
    {
        var index = Number(ref block, prefixBits);
        var name = index == 0 ? Text(ref block) : Indexed(index).Name;
        return new(name, Text(ref block));
    }

    private Field Indexed(int index)
    {
        if (index == 0 || index > StaticFields.All.Count + kept.Count)
            throw new FormatException($"A header block names field {index}, and there are {StaticFields.All.Count + kept.Count}.");
        return index <= StaticFields.All.Count ? StaticFields.All[index - 1] : kept[index - StaticFields.All.Count - 1];
    }

    private Field Keep(Field field)
    {
        kept.Insert(0, field);
        Evict();
        return field;
    }

    private void Resize(int size)
    {
        capacity = size;
        Evict();
    }

    private void Evict()
    {
        while (kept.Sum(field => field.Name.Length + field.Value.Length + FieldOverhead) > capacity)
            kept.RemoveAt(kept.Count - 1);
    }

    private static int Number(ref ReadOnlySpan<byte> block, int prefixBits)
    {
        var most = (1 << prefixBits) - 1;
        var value = Next(ref block) & most;
        if (value < most)
            return value;

        for (var shift = 0; shift < 28; shift += 7)
        {
            var next = Next(ref block);
            value += (next & 127) << shift;
            if ((next & 128) == 0)
                return value;
        }

        throw new FormatException("A header block holds a number that is too long.");
    }

    private static string Text(ref ReadOnlySpan<byte> block)
    {
        if (!block.IsEmpty && (block[0] & 0x80) != 0)
            throw new FormatException("A header block holds a Huffman code, which Kestrel does not write and this does not read.");
        var length = Number(ref block, 7);
        if (length > block.Length)
            throw new FormatException($"A header block holds a text of {length} bytes, and {block.Length} are left.");
        var text = Encoding.Latin1.GetString(block[..length]);
        block = block[length..];
        return text;
    }

    private static byte Next(ref ReadOnlySpan<byte> block)
    {
        if (block.IsEmpty)
            throw new FormatException("A header block breaks off.");
        var next = block[0];
        block = block[1..];
        return next;
    }
}
