using Exporter.Delivery.Exports;
using Exporter.Delivery.Routing;
using Exporter.Storage.Routing;

namespace Exporter.Storage.Postgres;

/// <summary>What one routing transaction decides, in memory: which block goes to which partitions, and what is sealed by it.</summary>
internal sealed class PostgresRouting(PostgresPipeline pipeline, HeldPartitions partitions, DateTimeOffset now)
{
    private const string Nowhere = "none";

    private const string InsertMemberships =
        "insert into exporter.membership (partition, sequence, block_id, report_count) select * from unnest($1, $2, $3, $4)";

    private const string MarkRouted =
        """
        update exporter.block b set is_routed = true, remaining = r.remaining
        from unnest($1, $2) as r (id, remaining) where b.id = r.id
        """;

    private const string DeleteUnwanted = "delete from exporter.block where id = any ($1)";

    private readonly List<(long Partition, long Sequence, RoutedBlock Block)> memberships = [];
    private readonly List<(Guid Id, int Remaining)> marks = [];
    private readonly List<Guid> unwanted = [];
    private readonly SortedDictionary<Guid, long> reportsByExport = [];
    private readonly HashSet<ExportKind> kinds = [];

    public Dictionary<string, long> ReportsByName { get; } = [];

    public IReadOnlyList<ExportKind> SealedKinds => [.. kinds];

    public void Route(RoutedBlock block, IReadOnlyList<ExportDefinition> matches)
    {
        foreach (var export in matches)
            Append(export, block);
        if (matches.Count > 0)
        {
            marks.Add((block.Id, matches.Count));
            return;
        }

        unwanted.Add(block.Id);
        ReportsByName[Nowhere] = ReportsByName.GetValueOrDefault(Nowhere) + block.ReportCount;
    }

    /// <summary>Adds the statements, in the order of locks.</summary>
    public void Save()
    {
        PostgresPartitionRow.Save(pipeline, partitions.All);
        if (memberships.Count > 0)
            pipeline.Add(
                InsertMemberships,
                memberships.Select(row => row.Partition).ToArray(),
                memberships.Select(row => row.Sequence).ToArray(),
                memberships.Select(row => row.Block.Id).ToArray(),
                memberships.Select(row => row.Block.ReportCount).ToArray());
        if (marks.Count > 0)
            pipeline.Add(MarkRouted, marks.Select(mark => mark.Id).ToArray(), marks.Select(mark => mark.Remaining).ToArray());
        if (unwanted.Count > 0)
            pipeline.Add(DeleteUnwanted, unwanted.ToArray());
        foreach (var (export, reports) in reportsByExport)
            pipeline.Add(PostgresBooks.Entry, PostgresBooks.Routed(export, reports));
    }

    private void Append(ExportDefinition export, RoutedBlock block)
    {
        var partition = partitions.Of(export, block);
        memberships.Add((partition.Number, partition.Append(block), block));
        reportsByExport[export.Id] = reportsByExport.GetValueOrDefault(export.Id) + block.ReportCount;
        ReportsByName[export.Name] = ReportsByName.GetValueOrDefault(export.Name) + block.ReportCount;

        if (partition.TriggerOf(export) is not { } trigger)
            return;
        PostgresSealing.Seal(pipeline, export, partition, trigger, now);
        kinds.Add(export.Kind);
    }
}
