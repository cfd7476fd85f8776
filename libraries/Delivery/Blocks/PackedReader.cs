namespace Exporter.Delivery.Blocks;

/// <summary>Cuts packed reports apart.</summary>
public static class PackedReader
{
    /// <summary>Each report's protobuf bytes, in order, as slices of <paramref name="packed"/>.</summary>
    /// <exception cref="InvalidDataException">A length is broken.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> packed)
    {
        while (!packed.IsEmpty)
        {
            var length = ReadLength(packed.Span, out var prefix);
            yield return packed.Slice(prefix, length);
            packed = packed[(prefix + length)..];
        }
    }

    /// <summary>The length prefix at the start of the bytes.</summary>
    /// <param name="packed">Packed reports.</param>
    /// <param name="prefixBytes">Bytes of the prefix itself.</param>
    /// <exception cref="InvalidDataException">The prefix is broken, or longer than what follows.</exception>
    public static int ReadLength(ReadOnlySpan<byte> packed, out int prefixBytes)
    {
        var length = 0;
        for (prefixBytes = 0; prefixBytes < Math.Min(packed.Length, 4);)
        {
            var part = packed[prefixBytes];
            length |= (part & 0x7F) << (7 * prefixBytes++);
            if (part < 0x80)
                return length <= packed.Length - prefixBytes ? length : throw Broken();
        }

        throw Broken();
    }

    private static InvalidDataException Broken() =>
        new("Packed reports have a broken length. The database is damaged: restore it from a backup.");
}
