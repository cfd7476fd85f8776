using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;

namespace Exporter.Storage.Sqlite;

/// <summary>Freezes the present destination into sealed batches that nobody has tried yet (rule S5).</summary>
internal static class SqliteMoveWaiting
{
    public static (long Moved, long Kept) Run(SqliteSession session, ExportDefinition export)
    {
        var waiting = session.Query(
            """
            select b.id, b.sealed_at, p.source, p.api_key from batch b join partition p on p.number = b.partition
            where b.export_id = $1 and b.state in (1, 2) and b.state = 1 and b.attempt = 0
            """,
            row => (Id: row.Id(0), SealedAt: row.Time(1), Source: row.TextOrNull(2), ApiKey: row.TextOrNull(3)),
            export.Id);
        foreach (var batch in waiting)
        {
            var target = ObjectTargets.Freeze(export, batch.Source ?? "", batch.ApiKey, batch.SealedAt, batch.Id);
            session.Execute(
                "update batch set location = $2, format = $3, compression = $4, compression_level = $5, request_reports = $6 where id = $1",
                batch.Id, target?.Location, target?.Format, target?.Compression, target?.Level, RequestSize.Freeze(export));
        }

        var open = session.Scalar<long>("select count(*) from batch where export_id = $1 and state in (1, 2)", export.Id);
        return (waiting.Count, open - waiting.Count);
    }
}
