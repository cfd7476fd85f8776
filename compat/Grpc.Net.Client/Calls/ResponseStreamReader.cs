using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>The responses of a call, as its caller reads them.</summary>
internal sealed class ResponseStreamReader<TRequest, TResponse>(GrpcCall<TRequest, TResponse> call) : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private static readonly Task<bool> Yes = Task.FromResult(true);

    private TResponse? _current;

    public TResponse Current => _current ?? throw new InvalidOperationException("There is no current message. Await MoveNext first.");

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (call.HasEnded)
            return AfterEnd();
        if (cancellationToken.CanBeCanceled)
            return MoveNextAsync(cancellationToken);
        var read = call.ReadNextResponseAsync();
        if (!read.IsCompletedSuccessfully)
            return MoveNextAsync(read);
        _current = read.Result;
        return _current is null ? AfterEnd() : Yes;
    }

    private Task<bool> AfterEnd()
    {
        _current = null;
        return call.GetStatus().StatusCode == StatusCode.OK ? Task.FromResult(false) : Task.FromException<bool>(call.ToException());
    }

    private async Task<bool> MoveNextAsync(ValueTask<TResponse?> read)
    {
        _current = await read;
        return _current is not null;
    }

    private async Task<bool> MoveNextAsync(CancellationToken cancel)
    {
        await using var cancelled = cancel.UnsafeRegister(static state => ((GrpcCall)state!).Cancel(), call);
        return await MoveNextAsync(call.ReadNextResponseAsync());
    }
}
