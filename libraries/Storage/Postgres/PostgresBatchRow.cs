using Exporter.Delivery.Batches;
using Exporter.Delivery.Objects;
using Exporter.Delivery.Queries;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>A batch's row as the domain knows it.</summary>
internal static class PostgresBatchRow
{
    public const string Columns =
        """
        number, id, export_id, partition_key, from_sequence, to_sequence, report_count, payload_bytes, trigger, state, attempt - released_attempts, due_at,
        sealed_at, oldest_at, first_observed_at, last_observed_at, members_sha256, location, format, compression, compression_level,
        error_type, error_detail, ended_at, object_bytes, object_etag, object_sha256, request_reports, settled_reports
        """;

    /// <summary>How many columns these are.</summary>
    public const int Count = 29;

    public static BatchView Read(NpgsqlDataReader row)
    {
        var state = (BatchState)row.GetInt16(9);
        return new(
            row.GetInt64(0),
            ReadBatch(row),
            state,
            row.GetInt32(10),
            row.Time(11),
            state == BatchState.Delivered ? row.TimeOrNull(23) : null,
            row.GetString(21),
            row.GetString(22),
            row.LongOrNull(24) is { } bytes ? new ObjectReceipt(bytes, row.TextOrNull(25) ?? "", row.TextOrNull(26) ?? "") : null)
        {
            SettledReports = row.GetInt64(28),
        };
    }

    private static Batch ReadBatch(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(1),
        ExportId = row.GetGuid(2),
        Partition = row.GetString(3),
        FromSequence = row.GetInt64(4),
        ToSequence = row.GetInt64(5),
        ReportCount = row.GetInt64(6),
        PayloadBytes = row.GetInt64(7),
        Trigger = (BatchTrigger)row.GetInt16(8),
        SealedAt = row.Time(12),
        OldestAt = row.Time(13),
        FirstObservedAt = row.Time(14),
        LastObservedAt = row.Time(15),
        MembersSha256 = row.Bytes(16),
        Target = row.TextOrNull(17) is { } location
            ? new ObjectTarget(location, (ObjectFormat)row.GetInt16(18), (ObjectCompression)row.GetInt16(19), (GzipLevel)row.GetInt16(20))
            : null,
        RequestReports = row.IsDBNull(27) ? null : row.GetInt32(27),
    };
}
