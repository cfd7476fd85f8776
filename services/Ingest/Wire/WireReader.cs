using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Exporter.Ingest.Wire;

/// <summary>Walks the fields of a protobuf message where it lies. Each method is false where the message is malformed.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int Bytes = 2;
    public const int GroupStart = 3;
    public const int GroupEnd = 4;
    public const int Fixed32 = 5;

    private const int MaxGroupDepth = 64;

    private readonly ReadOnlySpan<byte> message = message;
    private int position;

    public readonly bool IsAtEnd => position == message.Length;

    /// <summary>A field's number and wire type, as they stand before its value.</summary>
    public static uint Tag(uint field, uint wireType) => field << 3 | wireType;

    public bool TryReadTag(out uint tag)
    {
        var read = TryReadVarint(out var value) && value is >= 1 << 3 and <= uint.MaxValue;
        tag = (uint)value;
        return read;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadVarint(out ulong value)
    {
        if ((uint)position < (uint)message.Length && message[position] < 0x80)
        {
            value = message[position++];
            return true;
        }

        return TryReadLongVarint(out value);
    }

    public bool TryReadDouble(out double value)
    {
        if (message.Length - position < sizeof(double))
        {
            value = 0;
            return false;
        }

        value = BinaryPrimitives.ReadDoubleLittleEndian(message[position..]);
        position += sizeof(double);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadBytes(out ReadOnlySpan<byte> value)
    {
        if (!TryReadVarint(out var length) || length > (ulong)(message.Length - position))
        {
            value = default;
            return false;
        }

        value = message.Slice(position, (int)length);
        position += (int)length;
        return true;
    }

    public bool TrySkip(uint tag, int depth = 0) => (tag & 7) switch
    {
        Varint => TryReadVarint(out _),
        Fixed64 => TryAdvance(sizeof(ulong)),
        Bytes => TryReadBytes(out _),
        GroupStart => depth < MaxGroupDepth && TrySkipGroup(tag, depth),
        Fixed32 => TryAdvance(sizeof(uint)),
        _ => false,
    };

    private bool TrySkipGroup(uint start, int depth)
    {
        while (TryReadTag(out var tag))
        {
            if (tag == (start & ~7u | GroupEnd))
                return true;
            if (!TrySkip(tag, depth + 1))
                return false;
        }

        return false;
    }

    private bool TryAdvance(int bytes)
    {
        if (message.Length - position < bytes)
            return false;
        position += bytes;
        return true;
    }

    private bool TryReadLongVarint(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 70 && position < message.Length; shift += 7)
        {
            var part = message[position++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return true;
        }

        return false;
    }
}
