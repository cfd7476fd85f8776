using System.Diagnostics.Tracing;
using Grpc.Core;

namespace Grpc.Net.Telemetry;

/// <summary>The event counters of one side, such as <c>dotnet-counters</c> shows them. They count while someone listens.</summary>
internal sealed class CallCounters(string name) : EventSource(name)
{
    private long _total;
    private long _current;
    private long _failed;
    private long _deadlineExceeded;
    private long _unimplemented;
    private long _sent;
    private long _received;
    private PollingCounter[]? _counters;

    /// <summary>Whether the call is counted, and its end with it.</summary>
    public bool BeginCall()
    {
        if (!IsEnabled())
            return false;
        Interlocked.Increment(ref _total);
        Interlocked.Increment(ref _current);
        return true;
    }

    public void EndCall(StatusCode status)
    {
        Interlocked.Decrement(ref _current);
        if (status != StatusCode.OK)
            Interlocked.Increment(ref _failed);
        if (status == StatusCode.DeadlineExceeded)
            Interlocked.Increment(ref _deadlineExceeded);
    }

    public void CountUnimplemented() => Count(ref _unimplemented);

    public void CountSent() => Count(ref _sent);

    public void CountReceived() => Count(ref _received);

    protected override void OnEventCommand(EventCommandEventArgs command)
    {
        if (command.Command == EventCommand.Enable)
            _counters ??=
            [
                Show("total-calls", "Total Calls", () => Volatile.Read(ref _total)),
                Show("current-calls", "Current Calls", () => Volatile.Read(ref _current)),
                Show("calls-failed", "Total Calls Failed", () => Volatile.Read(ref _failed)),
                Show("calls-deadline-exceeded", "Total Calls Deadline Exceeded", () => Volatile.Read(ref _deadlineExceeded)),
                Show("calls-unimplemented", "Total Calls Unimplemented", () => Volatile.Read(ref _unimplemented)),
                Show("messages-sent", "Total Messages Sent", () => Volatile.Read(ref _sent)),
                Show("messages-received", "Total Messages Received", () => Volatile.Read(ref _received)),
            ];
    }

    private PollingCounter Show(string counter, string text, Func<double> read) => new(counter, this, read) { DisplayName = text };

    private void Count(ref long counter)
    {
        if (IsEnabled())
            Interlocked.Increment(ref counter);
    }
}
