using MassTransit;

namespace Exporter.Doorbells.Ringing;

/// <summary>Whether the bus can be reached, from this side: says once that it is gone, and once that it is back.</summary>
internal sealed partial class BusLine(ILogger<BusLine> log) : IReceiveEndpointObserver
{
    private readonly Lock gate = new();
    private readonly HashSet<string> down = [];
    private TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when an endpoint is connected the next time.</summary>
    public Task NextReady => Volatile.Read(ref ready).Task;

    /// <summary>A part of the way can't be used.</summary>
    public void Lost(string part, Exception? cause)
    {
        bool isFirst;
        lock (gate)
            isFirst = down.Add(part) && down.Count == 1;
        if (isFirst)
            Gone(log, cause?.GetBaseException().Message ?? "no reason was given");
    }

    /// <summary>A part of the way can be used.</summary>
    public void Restored(string part)
    {
        bool isLast;
        lock (gate)
            isLast = down.Remove(part) && down.Count == 0;
        if (isLast)
            Back(log);
    }

    /// <inheritdoc />
    public Task Ready(ReceiveEndpointReady endpoint)
    {
        Restored(endpoint.InputAddress.AbsolutePath);
        Interlocked.Exchange(ref ready, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Faulted(ReceiveEndpointFaulted endpoint)
    {
        Lost(endpoint.InputAddress.AbsolutePath, endpoint.Exception);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Stopping(ReceiveEndpointStopping endpoint) => Task.CompletedTask;

    /// <inheritdoc />
    public Task Completed(ReceiveEndpointCompleted endpoint) => Task.CompletedTask;

    [LoggerMessage(EventId = 9201, Level = LogLevel.Warning, EventName = "BusLost", Message =
        "The bus can't be reached: {Reason}. Work is found by the sweeps meanwhile, a little later.")]
    private static partial void Gone(ILogger log, string reason);

    [LoggerMessage(EventId = 9202, Level = LogLevel.Information, EventName = "BusRestored", Message = "The bus can be reached again.")]
    private static partial void Back(ILogger log);
}
