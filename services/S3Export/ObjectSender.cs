using Exporter.Delivery.Batches;
using Exporter.Delivery.Objects;

namespace Exporter.S3Export;

/// <summary>Sends each batch where its frozen destination says, to a folder or to a bucket, whatever the export's url is now.</summary>
internal sealed class ObjectSender(IBatchSender files, IBatchSender buckets) : IBatchSender
{
    public Task<Outcome> SendAsync(DeliveryAttempt attempt, CancellationToken cancel)
    {
        var target = attempt.Batch.Target
            ?? throw new InvalidOperationException($"Batch {attempt.Batch.Id} of export '{attempt.Export.Name}' was sealed without a destination. The database is damaged: restore it from a backup.");
        return (ObjectLocation.Parse(target.Location).IsFile ? files : buckets).SendAsync(attempt, cancel);
    }
}
