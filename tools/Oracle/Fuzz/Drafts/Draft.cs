using Exporter.RawHttp2;

namespace Exporter.Oracle.Fuzz.Drafts;

/// <summary>A right call, to be spoilt before it is sent.</summary>
internal sealed class Draft
{
    private const int MostPayload = 16 * 1024;

    public Draft(TargetMethod method, IReadOnlyList<byte[]> messages)
    {
        Method = method;
        Messages = [.. messages];
        Body = [.. messages.Select(message => Framed(message))];
        Fields =
        [
            new(":method", "POST"), new(":scheme", "http"), new(":path", method.Path), new(":authority", "localhost"),
            new("te", "trailers"), new("content-type", "application/grpc"), new("user-agent", "exporter-oracle"),
        ];
    }

    public TargetMethod Method { get; }

    /// <summary>What the call means, as long as <see cref="IsIntact"/>.</summary>
    public List<byte[]> Messages { get; }

    public List<Field> Fields { get; }

    /// <summary>The request's bytes; each element becomes a DATA frame.</summary>
    public List<byte[]> Body { get; }

    public bool HalfCloses { get; set; } = true;

    public Delivery Delivery { get; set; } = new();

    /// <summary>Changes the HTTP/2 frames; the number is the call's stream.</summary>
    public Action<List<WireFrame>, int>? Reframe { get; set; }

    /// <summary>Changes the bytes.</summary>
    public Func<byte[], byte[]>? Respell { get; set; }

    /// <summary>Whether the bytes begin with the connection's preface, so that it can be spoilt, too.</summary>
    public bool BringsPreface { get; set; }

    /// <summary>Whether an OK answer must be the right one.</summary>
    public bool IsIntact { get; set; } = true;

    /// <summary>Whether nothing else may be on the connection.</summary>
    public bool IsAlone => Reframe is not null || Respell is not null || BringsPreface || Delivery != new Delivery();

    public Expectation Expect { get; } = new();

    /// <summary>What was done to it.</summary>
    public List<string> Mutations { get; } = [];

    /// <summary>A gRPC frame.</summary>
    public static byte[] Framed(byte[] payload, byte flag = 0, long? length = null) =>
        [flag, .. WireFrame.Number32((uint)(length ?? payload.Length)), .. payload];

    public byte[] Encode(int streamId)
    {
        var frames = Frames(streamId);
        Reframe?.Invoke(frames, streamId);
        byte[] bytes = [.. frames.SelectMany(frame => frame.Encode())];
        if (BringsPreface)
            bytes = [.. RawConnection.Preface(Delivery.Window), .. WireFrame.SettingsAck().Encode(), .. bytes];
        return Respell?.Invoke(bytes) ?? bytes;
    }

    private List<WireFrame> Frames(int streamId)
    {
        var frames = new List<WireFrame>();
        var block = HeaderWriter.Write(Fields);
        for (var at = 0; at == 0 || at < block.Length; at += MostPayload)
        {
            var isLast = at + MostPayload >= block.Length;
            var flags = (isLast ? FrameFlags.EndHeaders : 0) | (at == 0 && HalfCloses && Body.Count == 0 ? FrameFlags.EndStream : 0);
            frames.Add(new(at == 0 ? FrameKind.Headers : FrameKind.Continuation, flags, streamId, block[at..Math.Min(at + MostPayload, block.Length)]));
        }

        for (var i = 0; i < Body.Count; i++)
        {
            for (var at = 0; at == 0 || at < Body[i].Length; at += MostPayload)
            {
                var end = Math.Min(at + MostPayload, Body[i].Length);
                frames.Add(WireFrame.Data(streamId, Body[i][at..end], HalfCloses && i == Body.Count - 1 && end == Body[i].Length));
            }
        }

        return frames;
    }
}
