using MassTransit;

namespace Exporter.Doorbells.Ringing;

/// <summary>Whether the bus can be reached, from this side: says once that it is gone, and once that it is back.</summary>
internal sealed partial class BusLine(ILogger<BusLine> log) : IReceiveEndpointObserver
{
    private readonly Lock gate = new();
    private readonly HashSet<string> down = [];

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
    public Task Ready(ReceiveEndpointReady ready)
    {
        Restored(ready.InputAddress.AbsolutePath);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Faulted(ReceiveEndpointFaulted faulted)
    {
        Lost(faulted.InputAddress.AbsolutePath, faulted.Exception);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    /// <inheritdoc />
    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    [LoggerMessage(EventId = 9201, Level = LogLevel.Warning, EventName = "BusLost", Message =
        "The bus can't be reached: {Reason}. Work is found by the sweeps meanwhile, a little later.")]
    private static partial void Gone(ILogger log, string reason);

    [LoggerMessage(EventId = 9202, Level = LogLevel.Information, EventName = "BusRestored", Message = "The bus can be reached again.")]
    private static partial void Back(ILogger log);
}
