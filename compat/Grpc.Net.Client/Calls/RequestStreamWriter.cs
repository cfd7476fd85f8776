using Grpc.Core;
using Grpc.Net.Framing;

namespace Grpc.Net.Client.Calls;

/// <summary>What writers of requests share whatever their messages.</summary>
internal static class RequestStreamWriter
{
    public static bool Compresses(WriteOptions? options) => options is null || !options.Flags.HasFlag(WriteFlags.NoCompress);
}

/// <summary>The requests of a call, as its caller writes them.</summary>
internal sealed class RequestStreamWriter<TRequest, TResponse>(
    GrpcCall<TRequest, TResponse> call,
    StreamingContent content,
    FrameWriter frames,
    Action<TRequest, SerializationContext> serializer) : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    private int _isWriting;
    private bool _isComplete;

    public WriteOptions? WriteOptions { get; set; } = call.Options.WriteOptions;

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_isComplete)
            throw new InvalidOperationException("Request stream has already been completed.");
        if (Interlocked.Exchange(ref _isWriting, 1) == 1)
            throw new InvalidOperationException("Can't write the message because the previous write is in progress.");
        try
        {
            await using var cancelled = cancellationToken.UnsafeRegister(static state => ((GrpcCall)state!).Cancel(), call);
            await SendAsync(message);
        }
        finally
        {
            Volatile.Write(ref _isWriting, 0);
        }
    }

    public Task CompleteAsync()
    {
        if (Volatile.Read(ref _isWriting) == 1)
            throw new InvalidOperationException("Can't complete the client stream writer because the previous write is in progress.");
        _isComplete = true;
        content.Complete();
        return Task.CompletedTask;
    }

    private Exception AfterEnd() => call.GetStatus().StatusCode == StatusCode.OK
        ? new InvalidOperationException("Can't write the message because the call is complete.")
        : call.ToException();

    private async Task SendAsync(TRequest message)
    {
        if (call.HasEnded)
            throw AfterEnd();
        using var buffer = new PooledBuffer(0);
        frames.Write(buffer, message, serializer, RequestStreamWriter.Compresses(WriteOptions));
        try
        {
            var stream = await content.StreamAsync;
            await stream.WriteAsync(buffer.Written, call.Token);
            ClientTelemetry.Calls.Counters.CountSent();
            if (WriteOptions is null || !WriteOptions.Flags.HasFlag(WriteFlags.BufferHint))
                await stream.FlushAsync(call.Token);
        }
        catch (Exception e)
        {
            throw call.HasEnded ? AfterEnd() : call.FailWriting(e);
        }
    }
}
