namespace Grpc.Core;

/// <summary>What all four kinds of call can tell about themselves, given as plain functions or as functions of a state.</summary>
internal readonly struct CallState
{
    private readonly object _headers;
    private readonly Delegate _status;
    private readonly Delegate _trailers;
    private readonly Delegate _dispose;
    private readonly object? _state;

    public CallState(Task<Metadata> headers, Func<Status> status, Func<Metadata> trailers, Action dispose)
    {
        _headers = headers;
        _status = status;
        _trailers = trailers;
        _dispose = dispose;
    }

    public CallState(
        Func<object, Task<Metadata>> headers,
        Func<object, Status> status,
        Func<object, Metadata> trailers,
        Action<object> dispose,
        object state)
    {
        _headers = headers;
        _status = status;
        _trailers = trailers;
        _dispose = dispose;
        _state = state;
    }

    public Task<Metadata> ResponseHeadersAsync =>
        _headers as Task<Metadata> ?? ((Func<object, Task<Metadata>>)_headers)(_state!);

    public Status GetStatus() => _status is Func<Status> plain ? plain() : ((Func<object, Status>)_status)(_state!);

    public Metadata GetTrailers() => _trailers is Func<Metadata> plain ? plain() : ((Func<object, Metadata>)_trailers)(_state!);

    public void Dispose()
    {
        if (_dispose is Action plain)
            plain();
        else
            ((Action<object>)_dispose)(_state!);
    }
}
