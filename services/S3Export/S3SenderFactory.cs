using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Sending;
using Exporter.S3Export.Buckets;
using Exporter.S3Export.Files;

namespace Exporter.S3Export;

/// <summary>Makes the senders of exports of kind s3.</summary>
internal sealed class S3SenderFactory(FileSender files, S3Sender buckets) : IBatchSenderFactory
{
    private readonly ObjectSender sender = new(files, buckets);

    public ExportKind Kind => ExportKind.S3;

    /// <summary>One sender serves all: it takes what it needs from the attempt's own export and keeps a client for each.</summary>
    public IBatchSender Create(ExportDefinition export) => sender;
}
