using System.Buffers.Binary;

namespace Exporter.RawHttp2;

/// <summary>An HTTP/2 frame, right or wrong.</summary>
/// <param name="Kind">Also one that there is not.</param>
/// <param name="Flags">As they go into the frame.</param>
/// <param name="StreamId">0 is the connection.</param>
/// <param name="Payload">What follows the header.</param>
public sealed record WireFrame(FrameKind Kind, FrameFlags Flags, int StreamId, byte[] Payload)
{
    public const int HeaderLength = 9;

    /// <summary>The length that the header tells, where it lies.</summary>
    public int? ToldLength { get; init; }

    public bool Has(FrameFlags flag) => (Flags & flag) != 0;

    public static WireFrame Settings(params (int Id, uint Value)[] settings) =>
        new(FrameKind.Settings, FrameFlags.None, 0, [.. settings.SelectMany(each => (byte[])[.. Number16(each.Id), .. Number32(each.Value)])]);

    public static WireFrame SettingsAck() => new(FrameKind.Settings, FrameFlags.Ack, 0, []);

    public static WireFrame Ping(long mark, bool ack = false) =>
        new(FrameKind.Ping, ack ? FrameFlags.Ack : FrameFlags.None, 0, [.. Number32((uint)(mark >> 32)), .. Number32((uint)mark)]);

    public static WireFrame WindowUpdate(int streamId, uint increment) =>
        new(FrameKind.WindowUpdate, FrameFlags.None, streamId, Number32(increment));

    public static WireFrame Reset(int streamId, uint code) => new(FrameKind.Reset, FrameFlags.None, streamId, Number32(code));

    public static WireFrame GoAway(int lastStreamId, uint code) =>
        new(FrameKind.GoAway, FrameFlags.None, 0, [.. Number32((uint)lastStreamId), .. Number32(code)]);

    public static WireFrame Data(int streamId, byte[] payload, bool ends) =>
        new(FrameKind.Data, ends ? FrameFlags.EndStream : FrameFlags.None, streamId, payload);

    public static WireFrame Headers(int streamId, byte[] block, bool ends) =>
        new(FrameKind.Headers, FrameFlags.EndHeaders | (ends ? FrameFlags.EndStream : FrameFlags.None), streamId, block);

    public byte[] Encode()
    {
        var length = ToldLength ?? Payload.Length;
        return
        [
            (byte)(length >> 16), (byte)(length >> 8), (byte)length, (byte)Kind, (byte)Flags, .. Number32((uint)StreamId), .. Payload,
        ];
    }

    public static byte[] Number32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Number16(int value) => [(byte)(value >> 8), (byte)value];
}
