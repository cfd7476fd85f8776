using System.Buffers.Binary;

namespace Exporter.RawHttp2;

/// <summary>Cuts what a server sends into frames and puts each where it belongs.</summary>
internal sealed class FrameIntake(RawConnection connection)
{
    /// <summary>What a peer may send unless told otherwise.</summary>
    public const int MostPayload = 16 * 1024;

    private readonly HeaderReader headers = new();
    private WireFrame? unfinished;

    /// <summary>Takes the whole frames.</summary>
    /// <returns>Their length.</returns>
    /// <exception cref="FormatException">HTTP/2 has no such frame.</exception>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        var taken = 0;
        while (bytes.Length - taken >= WireFrame.HeaderLength)
        {
            var rest = bytes[taken..];
            var length = rest[0] << 16 | rest[1] << 8 | rest[2];
            if (length > MostPayload)
                throw new FormatException($"The server sent a frame of {length} bytes, and may send {MostPayload}.");
            if (rest.Length < WireFrame.HeaderLength + length)
                return taken;
            var id = (int)(BinaryPrimitives.ReadUInt32BigEndian(rest[5..]) & int.MaxValue);
            Take(new WireFrame((FrameKind)rest[3], (FrameFlags)rest[4], id, rest.Slice(WireFrame.HeaderLength, length).ToArray()));
            taken += WireFrame.HeaderLength + length;
        }

        return taken;
    }

    private void Take(WireFrame frame)
    {
        if (frame.Has(FrameFlags.Padded) && frame.Kind is FrameKind.Data or FrameKind.Headers)
            throw new FormatException("The server sent a padded frame, which Kestrel does not and this does not read.");
        if (unfinished is not null && (frame.Kind != FrameKind.Continuation || frame.StreamId != unfinished.StreamId))
            throw new FormatException($"The server sent {frame.Kind} where CONTINUATION must follow.");
        switch (frame.Kind)
        {
            case FrameKind.Headers:
                TakeHeaders(frame);
                break;
            case FrameKind.Continuation when unfinished is not null:
                TakeHeaders(unfinished with { Flags = unfinished.Flags | frame.Flags, Payload = [.. unfinished.Payload, .. frame.Payload] });
                break;
            case FrameKind.Data:
                connection.RecordOf(frame.StreamId).TakeData(frame.Payload, frame.Has(FrameFlags.EndStream));
                break;
            case FrameKind.Reset:
                connection.RecordOf(frame.StreamId).TakeReset(BinaryPrimitives.ReadUInt32BigEndian(frame.Payload));
                break;
            case FrameKind.Settings when !frame.Has(FrameFlags.Ack):
                connection.TakeSettings();
                break;
            case FrameKind.Ping when frame.Has(FrameFlags.Ack):
                connection.TakePong(BinaryPrimitives.ReadInt64BigEndian(frame.Payload));
                break;
            case FrameKind.GoAway:
                connection.TakeGoAway(BinaryPrimitives.ReadUInt32BigEndian(frame.Payload.AsSpan(4)));
                break;
            case FrameKind.Settings or FrameKind.WindowUpdate or FrameKind.Ping:
                break;
            default:
                throw new FormatException($"The server sent a frame of kind {frame.Kind}, which a server may not send.");
        }
    }

    private void TakeHeaders(WireFrame frame)
    {
        unfinished = frame.Has(FrameFlags.EndHeaders) ? null : frame;
        if (unfinished is null)
            connection.RecordOf(frame.StreamId).TakeHeaders(headers.Read(frame.Payload), frame.Has(FrameFlags.EndStream));
    }
}
