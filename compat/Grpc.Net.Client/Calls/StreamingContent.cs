using System.Net;

namespace Grpc.Net.Client.Calls;

/// <summary>The requests of a call that has many: hands out the request stream and stays open until all are written.</summary>
internal sealed class StreamingContent : HttpContent
{
    private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The stream to write to, once there is a connection.</summary>
    public Task<Stream> StreamAsync => _stream.Task;

    /// <summary>Says that all requests are written.</summary>
    public void Complete() => _end.TrySetResult();

    /// <summary>Gives up whatever is not written.</summary>
    public void Abandon()
    {
        _end.TrySetCanceled();
        _stream.TrySetCanceled();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var cancelled = cancellationToken.UnsafeRegister(static content => ((StreamingContent)content!).Abandon(), this);
        await stream.FlushAsync(cancellationToken);
        if (!_stream.TrySetResult(stream))
            throw new IOException("The connection was lost after the stream had begun, and requests can't be sent again.");
        await _end.Task;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
