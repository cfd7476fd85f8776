using Exporter.Delivery.Wakes;

namespace Exporter.Delivery.Routing;

/// <summary>The signal of this process's routing loop.</summary>
public sealed class RoutingWake : IDisposable
{
    /// <summary>Rung when blocks were committed.</summary>
    public WakeSignal Signal { get; } = new();

    /// <inheritdoc />
    public void Dispose() => Signal.Dispose();
}
