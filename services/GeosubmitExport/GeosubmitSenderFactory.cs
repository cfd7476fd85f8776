using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Sending;
using Exporter.GeosubmitExport.Parts;

namespace Exporter.GeosubmitExport;

/// <summary>Makes the senders of exports of kind geosubmit.</summary>
internal sealed class GeosubmitSenderFactory(GeosubmitSender sender) : IBatchSenderFactory
{
    public ExportKind Kind => ExportKind.Geosubmit;

    /// <summary>One sender serves all: it takes what it needs from the attempt's own export.</summary>
    public IBatchSender Create(ExportDefinition export) => sender;
}
