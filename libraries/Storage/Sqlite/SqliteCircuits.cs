using Exporter.Delivery.Queries;
using Exporter.Delivery.Sending;
using Microsoft.Data.Sqlite;

namespace Exporter.Storage.Sqlite;

/// <summary>The circuits in which there are faults (rule C2).</summary>
internal static class SqliteCircuits
{
    private const string Columns = "export_id, is_open, fault_count, since, paused_until, error_type, error_detail";

    public static Circuit? Find(SqliteSession session, Guid exportId) => session.First(
        $"select {Columns} from circuit where export_id = $1",
        row => new Circuit(row.GetBoolean(1), row.GetInt32(2), row.Time(3), row.Time(4), row.GetString(5), row.GetString(6)),
        exportId);

    public static List<CircuitView> List(SqliteSession session) => session.Query($"select {Columns} from circuit", Read);

    public static void Save(SqliteSession session, Guid exportId, Circuit? circuit)
    {
        if (circuit is null)
            session.Execute("delete from circuit where export_id = $1", exportId);
        else
            session.Execute(
                $"insert or replace into circuit ({Columns}) values ($1, $2, $3, $4, $5, $6, $7)",
                exportId, circuit.IsOpen, circuit.Faults, circuit.Since, circuit.PausedUntil, circuit.ErrorType, circuit.ErrorDetail);
    }

    /// <summary>What was changed may have been mended: it is tried at once.</summary>
    public static void LiftPause(SqliteSession session, Guid exportId, DateTimeOffset now) =>
        session.Execute("update circuit set paused_until = $2 where export_id = $1 and paused_until > $2", exportId, now);

    private static CircuitView Read(SqliteDataReader row) => new(
        row.Id(0), row.GetBoolean(1), row.GetInt32(2), row.Time(3), row.Time(4), row.GetString(5), row.GetString(6));
}
