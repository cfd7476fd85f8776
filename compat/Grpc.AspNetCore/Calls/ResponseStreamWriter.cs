using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The responses of a call, as its service writes them.</summary>
internal sealed class ResponseStreamWriter<TResponse>(HttpContextServerCallContext call, Action<TResponse, SerializationContext> serializer)
    : IServerStreamWriter<TResponse>
    where TResponse : class
{
    public WriteOptions? WriteOptions
    {
        get => call.WriteOptions;
        set => call.WriteOptions = value;
    }

    public Task WriteAsync(TResponse message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(TResponse message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return call.WriteAsync(message, serializer, cancellationToken);
    }
}
