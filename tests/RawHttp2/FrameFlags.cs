namespace Exporter.RawHttp2;

/// <summary>Flags of HTTP/2 frames; what a bit means depends on the frame.</summary>
[Flags]
public enum FrameFlags : byte
{
    None = 0,
    EndStream = 0x1,
    Ack = EndStream,
    EndHeaders = 0x4,
    Padded = 0x8,
    Priority = 0x20,
}
