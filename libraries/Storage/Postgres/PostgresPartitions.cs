using System.Collections.Concurrent;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Routing;
using Exporter.Storage.Routing;

namespace Exporter.Storage.Postgres;

/// <summary>The partitions of this process's routing: made once, and locked in (export, key) order by each transaction (rule S3).</summary>
internal sealed class PostgresPartitions(PostgresStore store)
{
    private const int MostKnown = 100_000;

    private const string Lock =
        $"""
        select {PostgresPartitionRow.Columns}
        from unnest($1, $2) as asked (export_id, key) join exporter.partition p on p.export_id = asked.export_id and p.key = asked.key
        order by p.export_id, p.key for update of p
        """;

    private const string Make =
        """
        insert into exporter.partition (export_id, key, source, api_key, members_sha256)
        select made.export_id, made.key, made.source, made.api_key, $5 from unnest($1, $2, $3, $4) as made (export_id, key, source, api_key)
        where not exists (select 1 from exporter.partition p where p.export_id = made.export_id and p.key = made.key)
        on conflict do nothing
        """;

    private readonly ConcurrentDictionary<(Guid, string), bool> known = new();

    /// <summary>Locks the partitions of the matches, making those that are not there.</summary>
    public async Task<HeldPartitions> HoldAsync(
        PostgresSession session, IEnumerable<(ExportDefinition Export, RoutedBlock Block)> matches, CancellationToken cancel)
    {
        var wanted = matches.DistinctBy(match => (match.Export.Id, KeyOf(match.Export, match.Block)))
            .OrderBy(match => match.Export.Id).ThenBy(match => KeyOf(match.Export, match.Block), StringComparer.Ordinal).ToList();
        await MakeAsync([.. wanted.Where(match => !known.ContainsKey((match.Export.Id, KeyOf(match.Export, match.Block))))], cancel);
        var held = await session.QueryAsync(Lock, PostgresPartitionRow.Read, cancel, Ids(wanted), Keys(wanted));
        if (held.Count == wanted.Count)
            return new(held.ToDictionary(row => (row.ExportId, row.Partition.Key), row => row.Partition));

        known.Clear();
        throw new InvalidOperationException("Partitions were removed beside the store. What was to be routed is kept, and routed at the next try.");
    }

    /// <summary>On a connection of its own, at once: a transaction that holds other partitions must not wait for a new one.</summary>
    private async Task MakeAsync(List<(ExportDefinition Export, RoutedBlock Block)> missing, CancellationToken cancel)
    {
        if (missing.Count == 0)
            return;

        await using (var session = await store.OpenAsync(cancel))
        {
            await session.ExecuteAsync(
                Make,
                cancel,
                Ids(missing),
                Keys(missing),
                PostgresValue.Texts(missing.Select(match => IsSplit(match.Export) ? match.Block.Source : null)),
                PostgresValue.Texts(missing.Select(match => IsSplit(match.Export) ? match.Block.ApiKey : null)),
                MembersHash.Empty);
        }

        if (known.Count + missing.Count > MostKnown)
            known.Clear();
        foreach (var (export, block) in missing)
            known.TryAdd((export.Id, KeyOf(export, block)), true);
    }

    public static string KeyOf(ExportDefinition export, RoutedBlock block) => IsSplit(export) ? PartitionKey.Of(block.Source, block.ApiKey) : "";

    private static bool IsSplit(ExportDefinition export) => export.Kind == ExportKind.S3;

    private static Guid[] Ids(List<(ExportDefinition Export, RoutedBlock Block)> matches) => [.. matches.Select(match => match.Export.Id)];

    private static Npgsql.NpgsqlParameter Keys(List<(ExportDefinition Export, RoutedBlock Block)> matches) =>
        PostgresValue.Texts(matches.Select(match => KeyOf(match.Export, match.Block)));
}

/// <summary>Partitions that a transaction has locked.</summary>
internal sealed class HeldPartitions(Dictionary<(Guid, string), PartitionState> held)
{
    public IReadOnlyCollection<PartitionState> All => held.Values;

    public PartitionState Of(ExportDefinition export, RoutedBlock block) => held[(export.Id, PostgresPartitions.KeyOf(export, block))];
}
