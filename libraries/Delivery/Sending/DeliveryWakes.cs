using System.Collections.Concurrent;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Wakes;

namespace Exporter.Delivery.Sending;

/// <summary>The signals of this process's destination loops, one an export.</summary>
public sealed class DeliveryWakes
{
    private readonly ConcurrentDictionary<Guid, (ExportKind Kind, WakeSignal Signal)> signals = new();

    /// <summary>The signal of an export's loop.</summary>
    public WakeSignal Of(ExportKind kind, Guid exportId) => signals.GetOrAdd(exportId, _ => (kind, new WakeSignal())).Signal;

    /// <summary>Wakes the loops of a kind.</summary>
    public void Ring(ExportKind kind)
    {
        foreach (var (_, (of, signal)) in signals)
        {
            if (of == kind)
                signal.Ring();
        }
    }
}
