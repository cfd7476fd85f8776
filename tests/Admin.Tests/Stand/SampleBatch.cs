using Exporter.Delivery.Batches;
using Exporter.Delivery.Objects;
using Exporter.Delivery.Queries;

namespace Exporter.Admin.Tests.Stand;

internal static class SampleBatch
{
    public static readonly DateTimeOffset SealedAt = new(2026, 3, 7, 12, 0, 0, TimeSpan.Zero);

    public static BatchView Of(long number, Guid exportId, BatchState state) => new(
        number,
        new Batch
        {
            Id = Guid.NewGuid(),
            ExportId = exportId,
            Partition = "gnss/field-team-7",
            FromSequence = 10,
            ToSequence = 12,
            ReportCount = 1500,
            PayloadBytes = 600_000,
            Trigger = BatchTrigger.Count,
            SealedAt = SealedAt,
            OldestAt = SealedAt.AddMinutes(-5),
            FirstObservedAt = SealedAt.AddHours(-2),
            LastObservedAt = SealedAt.AddHours(-1),
            MembersSha256 = new byte[32],
            Target = new ObjectTarget("s3://reports/gnss/1.json.gz", ObjectFormat.Json, ObjectCompression.Gzip, GzipLevel.Fastest),
        },
        state,
        3,
        SealedAt.AddMinutes(1),
        state == BatchState.Delivered ? SealedAt.AddMinutes(2) : null,
        "s3_503",
        "The store asks to slow down.",
        state == BatchState.Delivered ? new ObjectReceipt(123_456, "\"etag\"", "ab12") : null);
}
