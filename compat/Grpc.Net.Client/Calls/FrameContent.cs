using System.Net;
using Grpc.Net.Framing;

namespace Grpc.Net.Client.Calls;

/// <summary>The one request of a call that has one, serialized already; kept, since it may have to be sent again.</summary>
internal sealed class FrameContent(PooledBuffer frame) : HttpContent
{
    private volatile bool _isSent;

    /// <summary>Gives the buffer back, once a response shows that nothing will be sent again.</summary>
    public void Free()
    {
        if (_isSent)
            frame.Dispose();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(frame.Written, cancellationToken);
        _isSent = true;
        ClientTelemetry.Calls.Counters.CountSent();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
