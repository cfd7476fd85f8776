using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server.Calls;

internal sealed partial class HttpContextServerCallContext
{
    private const int NoError = 0;
    private const int Cancelled = 8;
    private static readonly Status DeadlineExceeded = new(StatusCode.DeadlineExceeded, "Deadline Exceeded");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private DateTime _deadline = DateTime.MaxValue;
    private ITimer? _timer;
    private CancellationTokenSource? _cancellation;
    private CancellationTokenRegistration _gone;
    private Task _deadlineAnswer = Task.CompletedTask;
    private volatile bool _deadlinePassed;

    protected override DateTime DeadlineCore => _deadline;

    /// <summary>Without a deadline the request's own token does, and is not even made unless someone asks.</summary>
    protected override CancellationToken CancellationTokenCore
    {
        get
        {
            if (_timer is null)
                return http.RequestAborted;
            lock (_gate)
            {
                if (_cancellation is null)
                {
                    _cancellation = new();
                    if (_deadlinePassed)
                        _cancellation.Cancel();
                    else
                        _gone = http.RequestAborted.UnsafeRegister(
                            static source => ((CancellationTokenSource)source!).Cancel(), _cancellation);
                }
                return _cancellation.Token;
            }
        }
    }

    /// <summary>Ends waits for the caller at the deadline; that the caller has gone ends them by itself.</summary>
    public CancellationToken WaitToken => _timer is null ? CancellationToken.None : CancellationTokenCore;

    private void BeginDeadline(TimeSpan timeout)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        _deadline = timeout < DateTime.MaxValue - now ? now + timeout : DateTime.MaxValue;
        if (timeout > LongestTimer)
            return;
        _timer = TimeProvider.System.CreateTimer(
            static call => ((HttpContextServerCallContext)call!).PassDeadline(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(timeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Cancels the service and answers in its place. A write under way is not cancelled, for which HTTP/2 knows only a reset: the
    /// answer follows it, unless the caller does not take it for a while.
    /// </summary>
    private void PassDeadline()
    {
        CancellationTokenSource? cancellation;
        var isStuck = false;
        lock (_gate)
        {
            if (HasEnded || _isAnswered)
                return;
            isStuck = _isWriting && _deadlinePassed;
            _deadlinePassed = true;
            if (!_isWriting)
            {
                HasEnded = true;
                _deadlineAnswer = AnswerDeadlineAsync();
            }
            cancellation = _cancellation;
        }
        cancellation?.Cancel();
        if (isStuck)
            http.Features.Get<IHttpResetFeature>()?.Reset(Cancelled);
        else if (!HasEnded)
            _timer!.Change(Patience, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Answers while the service still runs: what is the service's to change, its status and its trailers, is left alone.</summary>
    private async Task AnswerDeadlineAsync()
    {
        await Task.Yield();
        try
        {
            WriteTrailers(DeadlineExceeded, custom: null);
            await http.Response.CompleteAsync().WaitAsync(Patience, TimeProvider.System);
            http.Features.Get<IHttpResetFeature>()?.Reset(NoError);
        }
        catch (Exception e)
        {
            Log.DeadlineUnanswered(settings.Log, method.FullName, e);
            http.Abort();
        }
    }

    private async Task EndDeadlineAsync()
    {
        await _timer!.DisposeAsync();
        await _deadlineAnswer;
        await _gone.DisposeAsync();
        _cancellation?.Dispose();
    }
}
