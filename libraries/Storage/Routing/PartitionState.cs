using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;

namespace Exporter.Storage.Routing;

/// <summary>A partition's row: what waits in it unsealed.</summary>
internal sealed class PartitionState
{
    public required long Number { get; init; }

    public required string Key { get; init; }

    public string? Source { get; init; }

    public string? ApiKey { get; init; }

    public long ReportCount { get; set; }

    public long PayloadBytes { get; set; }

    public DateTimeOffset? OldestAt { get; set; }

    public long FirstObservedAt { get; set; } = long.MaxValue;

    public long LastObservedAt { get; set; } = long.MinValue;

    public long HeadSequence { get; set; }

    public long NextSequence { get; set; }

    public byte[] MembersSha256 { get; set; } = MembersHash.Empty.ToArray();

    /// <summary>Takes a block in and returns its sequence number.</summary>
    public long Append(RoutedBlock block)
    {
        Count(block);
        return NextSequence++;
    }

    /// <summary>Counts what has its sequence number already, when a range is cut anew.</summary>
    public void Count(RoutedBlock block)
    {
        ReportCount += block.ReportCount;
        PayloadBytes += block.PayloadBytes;
        OldestAt = OldestAt is { } oldest && oldest <= block.ReceivedAt ? oldest : block.ReceivedAt;
        FirstObservedAt = Math.Min(FirstObservedAt, block.FirstObservedAt);
        LastObservedAt = Math.Max(LastObservedAt, block.LastObservedAt);
        MembersSha256 = MembersHash.Append(MembersSha256, block.Id, block.PayloadSha256);
    }

    /// <summary>Whether it holds a batch by count or by bytes (rules S3, S4).</summary>
    public BatchTrigger? TriggerOf(ExportDefinition export)
    {
        if (export.Settings.BatchReports > 0 && ReportCount >= export.Settings.BatchReports)
            return BatchTrigger.Count;
        return PayloadBytes >= export.Settings.MaxBatchBytes ? BatchTrigger.Bytes : null;
    }

    /// <summary>Leaves nothing unsealed; what comes next begins at <paramref name="headSequence"/>.</summary>
    public void Restart(long headSequence)
    {
        HeadSequence = headSequence;
        (ReportCount, PayloadBytes, OldestAt) = (0, 0, null);
        (FirstObservedAt, LastObservedAt) = (long.MaxValue, long.MinValue);
        MembersSha256 = MembersHash.Empty.ToArray();
    }
}
