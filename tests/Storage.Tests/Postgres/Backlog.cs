using System.Globalization;
using Exporter.Delivery.Exports;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Postgres;

/// <summary>
/// A deep queue, made by a few large statements: blocks that wait for routing, as many that wait in batches of ten (a tenth of
/// them put back, some in flight), and delivered ones that are not released yet. Blocks' ids are in the order of time, as real ones.
/// </summary>
internal static class Backlog
{
    private static string Blocks(int count, bool isRouted) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        insert into exporter.block (id, shelf, api_key, source, report_count, payload_bytes, payload_sha256, received_at, first_observed_at, last_observed_at, is_routed, remaining)
        select (lpad(to_hex(i + {(isRouted ? 0 : count)}), 12, '0') || '70008000' || lpad(to_hex(i), 12, '0'))::uuid, 0, 'key-' || i % 1000, 'gnss', 1, 1, decode(repeat('00', 32), 'hex'), exporter.clock(), exporter.clock(), exporter.clock(), {isRouted}, {(isRouted ? 1 : 0)}
        from generate_series(1, {count}) as i
        """);

    private static string Partitions(int blocks, Guid export) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        insert into exporter.partition (export_id, key, source, api_key, report_count, payload_bytes, oldest_at, head_sequence, next_sequence, members_sha256)
        select '{export}', 'gnss/key-' || i, 'gnss', 'key-' || i, 1, 1, exporter.clock() - i * interval '1 second', {blocks} / 1000 + 1, {blocks} / 1000 + 2, decode(repeat('00', 32), 'hex')
        from generate_series(1, 1000) as i
        """);

    private const string Memberships =
        """
        insert into exporter.membership (partition, sequence, block_id, report_count)
        select (select min(number) from exporter.partition) + (n - 1) % 1000, (n - 1) / 1000 + 1, id, 1
        from (select id, row_number() over (order by number) as n from exporter.block where is_routed) as routed
        """;

    private static string Batches(int blocks, Guid export) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        insert into exporter.batch (id, export_id, partition, partition_key, from_sequence, to_sequence, released_to, report_count, payload_bytes, trigger,
          state, is_deferred, attempt, due_at, lease_until, sealed_at, oldest_at, first_observed_at, last_observed_at, members_sha256, ended_at, release_at)
        select gen_random_uuid(), '{export}', (select min(number) from exporter.partition) + i % 1000, 'gnss/key-' || i % 1000, i / 1000 * 10 + 1, i / 1000 * 10 + 11, i / 1000 * 10 + 1,
          10, 10, 1, s.state, s.is_deferred, 0, exporter.clock() + case when s.is_deferred then interval '1 hour' else interval '0' end,
          case when s.state = 2 then exporter.clock() + interval '1 minute' end,
          exporter.clock(), exporter.clock(), exporter.clock(), exporter.clock(), decode(repeat('00', 32), 'hex'),
          case when s.state = 3 then exporter.clock() end, case when s.state = 3 then exporter.clock() end
        from generate_series(0, {blocks} / 10 - 1) as i,
          lateral (select case when i < {blocks} / 40 then 3 when i < {blocks} / 40 + 4 then 2 else 1 end as state, i > {blocks} / 20 and i % 10 = 0 as is_deferred) as s
        """);

    /// <summary>Makes it for an export: a number of blocks waiting for routing, and as many in batches.</summary>
    public static async Task MakeAsync(PostgresFixture fixture, ExportDefinition export, int blocks)
    {
        foreach (var sql in (string[])
                 [
                     Blocks(blocks, isRouted: true), Partitions(blocks, export.Id), Memberships, Batches(blocks, export.Id), Blocks(blocks, isRouted: false),
                     $"insert into exporter.book_entry (export_id, routed, waiting) values ('{export.Id}', {blocks}, {blocks})",
                 ])
            await fixture.ExecuteAsync(sql);
    }
}
