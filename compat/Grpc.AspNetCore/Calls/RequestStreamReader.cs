using Grpc.Core;
using Grpc.Net.Framing;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The requests of a call, as its service reads them.</summary>
internal sealed class RequestStreamReader<TRequest>(HttpContextServerCallContext call, FrameReader<TRequest> frames)
    : IAsyncStreamReader<TRequest>
    where TRequest : class
{
    private static readonly Task<bool> Yes = Task.FromResult(true);
    private static readonly Task<bool> No = Task.FromResult(false);

    private TRequest? _current;

    public TRequest Current => _current ?? throw new InvalidOperationException("There is no current message. Await MoveNext first.");

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (call.HasEnded)
            throw new InvalidOperationException("Can't read messages after the request is complete.");
        var read = frames.ReadAsync(cancellationToken.CanBeCanceled ? cancellationToken : call.WaitToken);
        if (!read.IsCompletedSuccessfully)
            return MoveNextAsync(read);
        _current = read.Result;
        return _current is null ? No : Yes;
    }

    private async Task<bool> MoveNextAsync(ValueTask<TRequest?> read)
    {
        try
        {
            _current = await read;
            return _current is not null;
        }
        catch (IOException e)
        {
            call.BreakOff(e);
            throw;
        }
    }
}
