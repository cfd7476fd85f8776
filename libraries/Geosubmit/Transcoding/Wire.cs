using System.Buffers.Binary;

namespace Exporter.Geosubmit.Transcoding;

/// <summary>Reads protobuf values out of a span, moving on behind each; false where there is none.</summary>
internal static class Wire
{
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int Delimited = 2;
    private const int LastShift = 63;

    public static bool TryVarint(ReadOnlySpan<byte> bytes, ref int at, out ulong value)
    {
        if (at < bytes.Length && bytes[at] < 0x80)
        {
            value = bytes[at++];
            return true;
        }

        value = 0;
        for (var shift = 0; at < bytes.Length && shift <= LastShift; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return shift < LastShift || part <= 1;
        }

        return false;
    }

    public static bool TryDouble(ReadOnlySpan<byte> bytes, ref int at, out double value)
    {
        if (!BinaryPrimitives.TryReadDoubleLittleEndian(bytes[at..], out value))
            return false;
        at += sizeof(double);
        return true;
    }

    /// <summary>Takes the length of a value; the value itself is the bytes from there to its end.</summary>
    public static bool TryLength(ReadOnlySpan<byte> bytes, ref int at, out int end)
    {
        end = at;
        if (!TryVarint(bytes, ref at, out var length) || length > (ulong)(bytes.Length - at))
            return false;
        end = at + (int)length;
        return true;
    }

    public static long ZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
