using Exporter.Delivery.Objects;

namespace Exporter.Delivery.Batches;

/// <summary>A sealed range of a partition: its members, its id and its destination never change (rules S3 to S5).</summary>
public sealed record Batch
{
    /// <summary>UUID version 4: it names a public object.</summary>
    public required Guid Id { get; init; }

    /// <summary>The export it belongs to.</summary>
    public required Guid ExportId { get; init; }

    /// <summary>{source}/{api_key} for s3, empty for the others.</summary>
    public required string Partition { get; init; }

    /// <summary>Half-open range of sequence numbers in the partition.</summary>
    public required long FromSequence { get; init; }

    /// <summary>Behind the last sequence number.</summary>
    public required long ToSequence { get; init; }

    /// <summary>Number of reports.</summary>
    public required long ReportCount { get; init; }

    /// <summary>Packed bytes.</summary>
    public required long PayloadBytes { get; init; }

    /// <summary>Why it was sealed.</summary>
    public required BatchTrigger Trigger { get; init; }

    /// <summary>When it was sealed, by the store's clock.</summary>
    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>When its first report was committed.</summary>
    public required DateTimeOffset OldestAt { get; init; }

    /// <summary>Of the report observed first.</summary>
    public required DateTimeOffset FirstObservedAt { get; init; }

    /// <summary>Of the report observed last.</summary>
    public required DateTimeOffset LastObservedAt { get; init; }

    /// <summary>Chained SHA-256 over the members: see <see cref="MembersHash"/>. 32 bytes.</summary>
    public required ReadOnlyMemory<byte> MembersSha256 { get; init; }

    /// <summary>Where it goes, or null for kinds without objects.</summary>
    public ObjectTarget? Target { get; init; }

    /// <summary>Most reports of one request, frozen at sealing so that a repeat is cut alike; null for kinds without requests.</summary>
    public int? RequestReports { get; init; }
}

/// <summary>Why a batch was sealed.</summary>
public enum BatchTrigger
{
    /// <summary>It held enough reports.</summary>
    Count = 1,

    /// <summary>It held enough bytes.</summary>
    Bytes = 2,

    /// <summary>Its oldest report had waited long enough.</summary>
    Age = 3,
}

/// <summary>Where a batch stands.</summary>
public enum BatchState
{
    /// <summary>Waits for an exporter.</summary>
    Sealed = 1,

    /// <summary>Claimed by an exporter.</summary>
    Sending = 2,

    /// <summary>At its destination.</summary>
    Delivered = 3,

    /// <summary>In the dead letters.</summary>
    Dead = 4,

    /// <summary>Given up by an operator's explicit choice.</summary>
    Discarded = 5,
}
