using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Routing;
using Exporter.Storage.Routing;

namespace Exporter.Storage.Sqlite;

/// <summary>The partitions that one routing transaction touches, read once and written once.</summary>
internal sealed class SqlitePartitions(SqliteSession session, DateTimeOffset now)
{
    private readonly Dictionary<(Guid, string), PartitionState> touched = [];
    private readonly Dictionary<Guid, long> routed = [];

    public HashSet<ExportKind> SealedKinds { get; } = [];

    /// <summary>Gives the block the next sequence number, and seals what became ripe by count or bytes.</summary>
    public void Append(ExportDefinition export, RoutedBlock block)
    {
        var partition = Find(export, block);
        session.Execute(
            "insert into membership (partition, sequence, block_id, report_count) values ($1, $2, $3, $4)",
            partition.Number, partition.Append(block), block.Id, block.ReportCount);
        routed[export.Id] = routed.GetValueOrDefault(export.Id) + block.ReportCount;

        if (partition.TriggerOf(export) is not { } trigger)
            return;
        SqliteSealing.Seal(session, export, partition, trigger, now);
        SealedKinds.Add(export.Kind);
    }

    public void Save()
    {
        foreach (var partition in touched.Values)
            partition.Save(session);
        foreach (var (exportId, reports) in routed)
        {
            session.Execute(
                """
                insert into book (export_id, routed, waiting) values ($1, $2, $2)
                on conflict do update set routed = routed + $2, waiting = waiting + $2
                """,
                exportId, reports);
        }
    }

    private PartitionState Find(ExportDefinition export, RoutedBlock block)
    {
        var bySource = export.Kind == ExportKind.S3;
        var key = bySource ? PartitionKey.Of(block.Source, block.ApiKey) : "";
        if (touched.TryGetValue((export.Id, key), out var partition))
            return partition;

        session.Execute(
            """
            insert into partition (export_id, key, source, api_key, report_count, payload_bytes, head_sequence, next_sequence, members_sha256)
            values ($1, $2, $3, $4, 0, 0, 1, 1, $5) on conflict do nothing
            """,
            export.Id, key, bySource ? block.Source : null, bySource ? block.ApiKey : null, MembersHash.Empty);
        partition = session.First(
            $"select {SqlitePartitionRow.Columns} from partition where export_id = $1 and key = $2", SqlitePartitionRow.Read, export.Id, key)!;
        return touched[(export.Id, key)] = partition;
    }
}
