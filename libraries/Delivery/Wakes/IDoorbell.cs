using Exporter.Delivery.Exports;

namespace Exporter.Delivery.Wakes;

/// <summary>Tells other loops, wherever they run, that there is work. Never waits, never fails; may be lost (rule D1).</summary>
public interface IDoorbell
{
    /// <summary>Blocks were committed and wait to be routed.</summary>
    void ReportsAccepted(int reportCount);

    /// <summary>Batches of exports of this kind are due.</summary>
    void DeliverBatch(ExportKind kind);
}
