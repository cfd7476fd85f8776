using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Telemetry;

namespace Grpc.Net.Client.Calls;

/// <summary>A call under way: when it is given up, and how it ended.</summary>
internal abstract class GrpcCall : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly CancellationTokenRegistration _caller;
    private readonly CancellationToken _callerToken;
    private readonly bool _throwsCanceled;
    private readonly CallMeasurement _begun;
    private Activity? _activity;
    private bool _hasTimer;
    private bool _cancelledByCaller;
    private bool _ended;
    private Status _status;
    private Metadata _trailers = Metadata.Empty;

    protected GrpcCall(GrpcChannel channel, IMethod method, CallOptions options)
    {
        Channel = channel;
        Method = method;
        Options = options;
        Token = _cancellation.Token;
        _callerToken = options.CancellationToken;
        _throwsCanceled = channel.Options.ThrowOperationCanceledOnCancellation;
        if (options.Deadline is { } deadline && deadline != DateTime.MaxValue)
            BeginDeadline(deadline);
        if (_callerToken.CanBeCanceled)
            _caller = _callerToken.UnsafeRegister(static call => ((GrpcCall)call!).Cancel(), this);
        _begun = ClientTelemetry.Calls.Begin();
    }

    public GrpcChannel Channel { get; }

    public IMethod Method { get; }

    public CallOptions Options { get; }

    /// <summary>Cancelled when the caller or the deadline gives the call up, and when it has ended.</summary>
    public CancellationToken Token { get; }

    public bool HasEnded => Volatile.Read(ref _ended);

    public abstract Task<Metadata> GetHeadersAsync();

    public Status GetStatus() =>
        HasEnded ? _status : throw new InvalidOperationException("Unable to get the status because the call is not complete.");

    public Metadata GetTrailers() =>
        HasEnded ? _trailers : throw new InvalidOperationException("Unable to get the trailers because the call is not complete.");

    public void Dispose() => Cancel();

    public void Cancel()
    {
        lock (_gate)
        {
            if (_ended || _cancelledByCaller)
                return;
            _cancelledByCaller = true;
        }
        _cancellation.Cancel();
    }

    /// <summary>Ends the call as soon as it is given up, for calls where nobody may be reading then.</summary>
    protected void EndWhenGivenUp() => Token.UnsafeRegister(static call => ((GrpcCall)call!).EndGivenUp(), this);

    protected void BeginActivity() => _activity = ClientTelemetry.BeginActivity(Method);

    /// <summary>Records how the call ended, unless it has; frees what it held.</summary>
    protected void End(Status status, Metadata trailers)
    {
        lock (_gate)
        {
            if (_ended)
                return;
            _status = status;
            _trailers = trailers;
            Volatile.Write(ref _ended, true);
        }
        _caller.Unregister();
        if (_hasTimer)
            _cancellation.CancelAfter(Timeout.InfiniteTimeSpan);
        ClientTelemetry.EndActivity(_activity, status.StatusCode);
        ClientTelemetry.Calls.End(_begun, Method.ServiceName, Method.Name, status.StatusCode);
        Release();
    }

    /// <summary>Frees what the call held, once it has ended.</summary>
    protected abstract void Release();

    /// <summary>Ends the call by what was thrown, and gives what its caller shall see.</summary>
    public Exception Fail(Exception exception, string doing)
    {
        if (exception is RpcException rpc)
            End(rpc.Status, rpc.Trailers);
        else if (Token.IsCancellationRequested || HasEnded)
            EndGivenUp();
        else
            End(ExceptionStatus.Of(exception, doing), Metadata.Empty);
        return ToException();
    }

    /// <summary>What a caller sees of a call that did not end well.</summary>
    public Exception ToException()
    {
        var failure = new RpcException(GetStatus(), _trailers);
        return _throwsCanceled && failure.StatusCode == StatusCode.Cancelled
            ? new OperationCanceledException(failure.Message, failure, _callerToken)
            : failure;
    }

    private void EndGivenUp() => End(
        _cancelledByCaller ? new(StatusCode.Cancelled, "Call canceled by the client.") : new(StatusCode.DeadlineExceeded, ""),
        Metadata.Empty);

    private void BeginDeadline(DateTime deadline)
    {
        if (deadline.Kind != DateTimeKind.Utc && deadline != DateTime.MinValue)
            throw new InvalidOperationException($"The deadline must be in UTC, found {deadline.Kind}.");
        var left = deadline - TimeProvider.System.GetUtcNow().UtcDateTime;
        if (left <= TimeSpan.Zero)
            _cancellation.Cancel();
        else if (left < LongestTimer)
        {
            _hasTimer = true;
            _cancellation.CancelAfter(left);
        }
    }
}
