using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;

namespace Exporter.Delivery.Sending;

/// <summary>Makes the senders of one kind of export.</summary>
public interface IBatchSenderFactory
{
    /// <summary>Which exports.</summary>
    ExportKind Kind { get; }

    /// <summary>A sender for the export as it is configured now.</summary>
    IBatchSender Create(ExportDefinition export);
}
