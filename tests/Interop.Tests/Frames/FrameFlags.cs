using System.Buffers.Binary;

namespace Exporter.Interop.Frames;

/// <summary>Reads the bytes of a message stream as they pass, and keeps of each message whether it was compressed.</summary>
internal sealed class FrameFlags
{
    private const int HeaderLength = 5;
    private readonly Lock _gate = new();
    private readonly List<bool> _compressed = [];
    private readonly byte[] _header = new byte[HeaderLength];
    private int _headerLength;
    private long _payloadLeft;

    /// <summary>For each message that began so far: whether its compressed flag is set.</summary>
    public IReadOnlyList<bool> Seen
    {
        get
        {
            lock (_gate)
                return [.. _compressed];
        }
    }

    public void Pass(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            while (!bytes.IsEmpty)
                bytes = _payloadLeft > 0 ? PassPayload(bytes) : PassHeader(bytes);
        }
    }

    private ReadOnlySpan<byte> PassPayload(ReadOnlySpan<byte> bytes)
    {
        var count = (int)Math.Min(_payloadLeft, bytes.Length);
        _payloadLeft -= count;
        return bytes[count..];
    }

    private ReadOnlySpan<byte> PassHeader(ReadOnlySpan<byte> bytes)
    {
        var count = Math.Min(HeaderLength - _headerLength, bytes.Length);
        bytes[..count].CopyTo(_header.AsSpan(_headerLength));
        _headerLength += count;
        if (_headerLength == HeaderLength)
        {
            _compressed.Add(_header[0] == 1);
            _payloadLeft = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(1));
            _headerLength = 0;
        }
        return bytes[count..];
    }
}
