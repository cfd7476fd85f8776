using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;

namespace Exporter.Storage.Postgres;

/// <summary>Freezes the present destination into sealed batches that nobody has tried yet, a thousand at a time (rule S5).</summary>
internal static class PostgresMoveWaiting
{
    private const int AtOnce = 1000;

    private const string Take =
        """
        select b.number, b.id, b.sealed_at, p.source, p.api_key
        from exporter.batch b join exporter.partition p on p.number = b.partition
        where b.export_id = $1 and b.state = 1 and b.attempt = 0 and b.number > $2 order by b.number limit $3 for update of b
        """;

    private const string Move =
        """
        update exporter.batch b set location = m.location, format = m.format, compression = m.compression, compression_level = m.compression_level,
          request_reports = $6
        from unnest($1, $2, $3, $4, $5) as m (id, location, format, compression, compression_level)
        where b.id = m.id
        """;

    public static async Task<(long Moved, long Kept)> RunAsync(PostgresStore store, ExportDefinition export, CancellationToken cancel)
    {
        var moved = 0L;
        for (var after = 0L; ;)
        {
            var batches = await store.TransactAsync(session => MoveAsync(session, export, after, cancel), cancel);
            moved += batches.Count;
            if (batches.Count < AtOnce)
                break;
            after = batches[^1];
        }

        var open = await store.RunAsync(
            session => session.ScalarAsync<long>("select count(*) from exporter.batch where export_id = $1 and state in (1, 2)", cancel, export.Id), cancel);
        return (moved, Math.Max(0, open - moved));
    }

    private static async Task<List<long>> MoveAsync(PostgresSession session, ExportDefinition export, long after, CancellationToken cancel)
    {
        var batches = await session.QueryAsync(
            Take,
            row => (Number: row.GetInt64(0), Id: row.GetGuid(1), Target: ObjectTargets.Freeze(export, row.TextOrNull(3) ?? "", row.TextOrNull(4), row.Time(2), row.GetGuid(1))),
            cancel,
            export.Id, after, AtOnce);
        await session.ExecuteAsync(
            Move,
            cancel,
            batches.Select(batch => batch.Id).ToArray(),
            PostgresValue.Texts(batches.Select(batch => batch.Target?.Location)),
            batches.Select(batch => (int?)batch.Target?.Format).ToArray(),
            batches.Select(batch => (int?)batch.Target?.Compression).ToArray(),
            batches.Select(batch => (int?)batch.Target?.Level).ToArray(),
            PostgresValue.Integer(RequestSize.Freeze(export)));
        return batches.ConvertAll(batch => batch.Number);
    }
}
