using Exporter.Delivery.Blocks;

namespace Exporter.Storage.Postgres;

/// <summary>The rows of a commit's blocks.</summary>
internal static class PostgresBlocks
{
    public const string Mark = "insert into exporter.commit_mark (id, created_at) values ($1, exporter.clock())";

    private const string Payload = "insert into exporter.block_payload (shelf, id, bytes) values ($1, $2, $3)";

    private const string Rows =
        """
        insert into exporter.block
          (id, shelf, api_key, source, report_count, payload_bytes, payload_sha256, received_at, first_observed_at, last_observed_at)
        select id, $1, api_key, source, report_count, payload_bytes, payload_sha256, exporter.clock(), first_observed_at, last_observed_at
        from unnest($2, $3, $4, $5, $6, $7, $8, $9)
          as arrived (id, api_key, source, report_count, payload_bytes, payload_sha256, first_observed_at, last_observed_at)
        """;

    public static void Insert(PostgresPipeline pipeline, short shelf, IReadOnlyList<Block> blocks)
    {
        if (blocks.Count == 0)
            return;

        foreach (var block in blocks)
            pipeline.Add(Payload, shelf, block.Id, block.Payload);
        pipeline.Add(
            Rows,
            shelf,
            blocks.Select(block => block.Id).ToArray(),
            PostgresValue.Texts(blocks.Select(block => block.ApiKey)),
            PostgresValue.Texts(blocks.Select(block => block.Source)),
            blocks.Select(block => block.ReportCount).ToArray(),
            blocks.Select(block => block.Payload.Length).ToArray(),
            blocks.Select(block => block.PayloadSha256.ToArray()).ToArray(),
            PostgresValue.Times(blocks.Select(block => Observed(block.FirstObservedAtMilliseconds))),
            PostgresValue.Times(blocks.Select(block => Observed(block.LastObservedAtMilliseconds))));
    }

    private static DateTimeOffset? Observed(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
