using Exporter.Storage.Routing;

namespace Exporter.Storage.Postgres;

/// <summary>What waits unsealed and matches skip rules (rule S2).</summary>
internal static class PostgresUnsealed
{
    private const string Count =
        """
        select coalesce(sum(m.report_count), 0)::bigint
        from exporter.partition p
          join exporter.membership m on m.partition = p.number and m.sequence >= p.head_sequence and m.sequence < p.next_sequence
          join exporter.block b on b.id = m.block_id
        where p.export_id = $1 and p.oldest_at is not null and (b.api_key = any ($2) or b.source = any ($3))
        """;

    private const string Hold =
        $"""
        select {PostgresPartitionRow.Columns} from exporter.partition p
        where p.export_id = $1 and p.oldest_at is not null order by p.export_id, p.key for update of p
        """;

    private const string DeleteMembers = "delete from exporter.membership where partition = $1 and sequence = any ($2)";

    public static Task<long> CountAsync(
        PostgresSession session, Guid exportId, IReadOnlyList<string> skipKeys, IReadOnlyList<string> skipSources, CancellationToken cancel) =>
        session.ScalarAsync<long>(Count, cancel, exportId, PostgresValue.Texts(skipKeys), PostgresValue.Texts(skipSources));

    public static async Task<long> DiscardAsync(
        PostgresSession session, Guid exportId, IReadOnlyList<string> skipKeys, IReadOnlyList<string> skipSources, CancellationToken cancel)
    {
        var partitions = await session.QueryAsync(Hold, row => PostgresPartitionRow.Read(row).Partition, cancel, exportId);
        await using var pipeline = session.Pipeline();
        var gone = new List<RoutedBlock>();
        foreach (var partition in partitions)
        {
            var members = await PostgresMembers.ReadUnsealedAsync(session, partition, cancel);
            var skipped = members.Where(member => IsSkipped(member.Block, skipKeys, skipSources)).ToList();
            partition.Restart(partition.HeadSequence);
            foreach (var (_, block) in members.Except(skipped))
                partition.Count(block);
            pipeline.Add(DeleteMembers, partition.Number, skipped.Select(member => member.Sequence).ToArray());
            gone.AddRange(skipped.Select(member => member.Block));
        }

        PostgresPartitionRow.Save(pipeline, partitions);
        await PostgresRelease.ForgetAsync(session, pipeline, [.. gone.Select(block => block.Id)], cancel);
        var reports = gone.Sum(block => (long)block.ReportCount);
        await PostgresBooks.MoveAsync(session, PostgresBooks.Of(exportId, waiting: -reports, discarded: reports), cancel);
        return reports;
    }

    private static bool IsSkipped(RoutedBlock block, IReadOnlyList<string> skipKeys, IReadOnlyList<string> skipSources) =>
        (block.ApiKey is not null && skipKeys.Contains(block.ApiKey)) || skipSources.Contains(block.Source);
}
