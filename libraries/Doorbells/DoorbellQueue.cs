using Exporter.Delivery.Exports;

namespace Exporter.Doorbells;

/// <summary>A queue whose doorbells a process answers; the instances of a service share it.</summary>
public sealed class DoorbellQueue
{
    private DoorbellQueue(string name, ExportKind? kind) => (Name, Kind) = (name, kind);

    /// <summary>Router's: blocks wait to be routed.</summary>
    public static DoorbellQueue RouteReports { get; } = new("exporter-route-reports", null);

    /// <summary>Every queue, for a process that does everything.</summary>
    public static IReadOnlyList<DoorbellQueue> All { get; } = [RouteReports, .. Enum.GetValues<ExportKind>().Select(Deliver)];

    /// <summary>What it is called on the bus: the work to be done.</summary>
    public string Name { get; }

    /// <summary>The kind of exports that are to be delivered, or null for <see cref="RouteReports"/>.</summary>
    internal ExportKind? Kind { get; }

    /// <summary>An exporter's: batches of exports of this kind are due.</summary>
    public static DoorbellQueue Deliver(ExportKind kind) => new($"exporter-deliver-{ExportKindWord.Of(kind)}", kind);
}
