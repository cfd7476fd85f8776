using System.Net;
using Grpc.Net.Framing;

namespace Grpc.Net.Client.Calls;

/// <summary>The one request of a call that has one, serialized already.</summary>
internal sealed class FrameContent(PooledBuffer frame) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(frame.Written, cancellationToken);
        frame.Dispose();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
