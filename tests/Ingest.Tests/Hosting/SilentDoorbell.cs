using Exporter.Delivery.Exports;
using Exporter.Delivery.Wakes;

namespace Exporter.Ingest;

internal sealed class SilentDoorbell : IDoorbell
{
    public int Rings;

    public void ReportsAccepted(int reportCount) => Interlocked.Increment(ref Rings);

    public void DeliverBatch(ExportKind kind)
    {
    }
}
