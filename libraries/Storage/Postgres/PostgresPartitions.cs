using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Routing;
using Exporter.Storage.Routing;

namespace Exporter.Storage.Postgres;

/// <summary>The partitions that one transaction holds, made if need be, locked in (export, key) order (rule S3).</summary>
internal sealed class PostgresPartitions
{
    private const string Lock =
        $"""
        select {PostgresPartitionRow.Columns}
        from unnest($1, $2) as asked (export_id, key) join exporter.partition p on p.export_id = asked.export_id and p.key = asked.key
        order by p.export_id, p.key for update of p
        """;

    private const string Make =
        """
        insert into exporter.partition (export_id, key, source, api_key, members_sha256)
        select export_id, key, source, api_key, $5 from unnest($1, $2, $3, $4) as made (export_id, key, source, api_key) on conflict do nothing
        """;

    private readonly Dictionary<(Guid, string), PartitionState> held;

    private PostgresPartitions(Dictionary<(Guid, string), PartitionState> held) => this.held = held;

    public IReadOnlyCollection<PartitionState> Touched => held.Values;

    public PartitionState Of(ExportDefinition export, RoutedBlock block) => held[(export.Id, KeyOf(export, block))];

    public static async Task<PostgresPartitions> HoldAsync(
        PostgresSession session, IEnumerable<(ExportDefinition Export, RoutedBlock Block)> matches, CancellationToken cancel)
    {
        var wanted = matches.DistinctBy(match => (match.Export.Id, KeyOf(match.Export, match.Block)))
            .OrderBy(match => match.Export.Id).ThenBy(match => KeyOf(match.Export, match.Block), StringComparer.Ordinal).ToList();
        var held = await LockAsync(session, wanted, cancel);
        if (held.Count < wanted.Count)
        {
            await MakeAsync(session, [.. wanted.Where(match => !held.ContainsKey((match.Export.Id, KeyOf(match.Export, match.Block))))], cancel);
            held = await LockAsync(session, wanted, cancel);
        }

        return new(held);
    }

    private static async Task<Dictionary<(Guid, string), PartitionState>> LockAsync(
        PostgresSession session, List<(ExportDefinition Export, RoutedBlock Block)> wanted, CancellationToken cancel)
    {
        var rows = await session.QueryAsync(
            Lock,
            PostgresPartitionRow.Read,
            cancel,
            wanted.Select(match => match.Export.Id).ToArray(), PostgresValue.Texts(wanted.Select(match => KeyOf(match.Export, match.Block))));
        return rows.ToDictionary(row => (row.ExportId, row.Partition.Key), row => row.Partition);
    }

    private static Task<int> MakeAsync(PostgresSession session, List<(ExportDefinition Export, RoutedBlock Block)> missing, CancellationToken cancel) =>
        session.ExecuteAsync(
            Make,
            cancel,
            missing.Select(match => match.Export.Id).ToArray(),
            PostgresValue.Texts(missing.Select(match => KeyOf(match.Export, match.Block))),
            PostgresValue.Texts(missing.Select(match => IsSplit(match.Export) ? match.Block.Source : null)),
            PostgresValue.Texts(missing.Select(match => IsSplit(match.Export) ? match.Block.ApiKey : null)),
            MembersHash.Empty);

    private static string KeyOf(ExportDefinition export, RoutedBlock block) => IsSplit(export) ? PartitionKey.Of(block.Source, block.ApiKey) : "";

    private static bool IsSplit(ExportDefinition export) => export.Kind == ExportKind.S3;
}
