using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace Grpc.Net.Framing;

/// <summary>A message on the wire: a flag that says whether it is compressed, four bytes of length, the payload.</summary>
internal readonly struct Frame(bool isCompressed, ReadOnlySequence<byte> payload)
{
    public const int HeaderLength = 5;

    public bool IsCompressed { get; } = isCompressed;

    public ReadOnlySequence<byte> Payload { get; } = payload;

    public static void WriteHeader(Span<byte> header, int payloadLength, bool compressed)
    {
        header[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], (uint)payloadLength);
    }

    /// <summary>Takes the first frame from a buffer, if it is there whole; a forbidden one is refused by its header alone.</summary>
    public static bool TryTake(ref ReadOnlySequence<byte> buffer, int maxLength, out Frame frame)
    {
        frame = default;
        if (buffer.Length < HeaderLength)
            return false;

        Span<byte> header = stackalloc byte[HeaderLength];
        buffer.Slice(0, HeaderLength).CopyTo(header);
        if (header[0] > 1)
            throw new RpcException(new Status(StatusCode.Internal, "Unexpected compressed flag value in message header."));
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > (uint)maxLength)
            throw TooLarge();
        if (buffer.Length - HeaderLength < length)
            return false;

        frame = new(header[0] == 1, buffer.Slice(HeaderLength, length));
        buffer = buffer.Slice(frame.Payload.End);
        return true;
    }

    public static RpcException TooLarge() =>
        new(new Status(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size."));
}
