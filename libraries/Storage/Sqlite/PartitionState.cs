using Exporter.Delivery.Batches;
using Microsoft.Data.Sqlite;

namespace Exporter.Storage.Sqlite;

/// <summary>A partition's row: what waits in it unsealed.</summary>
internal sealed class PartitionState
{
    public const string Columns =
        "number, key, source, api_key, report_count, payload_bytes, oldest_at, first_observed_at, last_observed_at, head_sequence, next_sequence, members_sha256";

    public required long Number { get; init; }

    public required string Key { get; init; }

    public string? Source { get; init; }

    public string? ApiKey { get; init; }

    public long ReportCount { get; private set; }

    public long PayloadBytes { get; private set; }

    public DateTimeOffset? OldestAt { get; private set; }

    public long FirstObservedAt { get; private set; } = long.MaxValue;

    public long LastObservedAt { get; private set; } = long.MinValue;

    public long HeadSequence { get; private set; }

    public long NextSequence { get; private set; }

    public byte[] MembersSha256 { get; private set; } = MembersHash.Empty.ToArray();

    public static PartitionState Read(SqliteDataReader row) => new()
    {
        Number = row.GetInt64(0),
        Key = row.GetString(1),
        Source = row.TextOrNull(2),
        ApiKey = row.TextOrNull(3),
        ReportCount = row.GetInt64(4),
        PayloadBytes = row.GetInt64(5),
        OldestAt = row.TimeOrNull(6),
        FirstObservedAt = row.LongOrNull(7) ?? long.MaxValue,
        LastObservedAt = row.LongOrNull(8) ?? long.MinValue,
        HeadSequence = row.GetInt64(9),
        NextSequence = row.GetInt64(10),
        MembersSha256 = row.Bytes(11),
    };

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

    /// <summary>Leaves nothing unsealed; what comes next begins at <paramref name="headSequence"/>.</summary>
    public void Restart(long headSequence)
    {
        HeadSequence = headSequence;
        (ReportCount, PayloadBytes, OldestAt) = (0, 0, null);
        (FirstObservedAt, LastObservedAt) = (long.MaxValue, long.MinValue);
        MembersSha256 = MembersHash.Empty.ToArray();
    }

    public void Save(SqliteSession session) => session.Execute(
        """
        update partition set report_count = $2, payload_bytes = $3, oldest_at = $4, first_observed_at = $5, last_observed_at = $6,
          head_sequence = $7, next_sequence = $8, members_sha256 = $9
        where number = $1
        """,
        Number, ReportCount, PayloadBytes, OldestAt, OldestAt is null ? null : FirstObservedAt, OldestAt is null ? null : LastObservedAt,
        HeadSequence, NextSequence, MembersSha256);
}
