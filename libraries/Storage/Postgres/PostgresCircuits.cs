using Exporter.Delivery.Queries;
using Exporter.Delivery.Sending;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>
/// The circuits in which there are faults, shared by all instances (rule C2). Faults are recorded by one at a time, since they hold
/// the export's queue; a delivery takes the row away in its own statement.
/// </summary>
internal static class PostgresCircuits
{
    private const string Columns = "export_id, is_open, fault_count, since, paused_until, error_type, error_detail";

    /// <summary>With the store's clock behind it.</summary>
    public const string Find = $"select {Columns}, exporter.clock() from exporter.circuit where export_id = $1";

    /// <summary>As <see cref="Find"/>, until the transaction's end.</summary>
    public const string Hold = $"{Find} for update";

    private const string Save =
        $"""
        insert into exporter.circuit ({Columns}) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (export_id) do update set is_open = excluded.is_open, fault_count = excluded.fault_count, since = excluded.since,
          paused_until = excluded.paused_until, error_type = excluded.error_type, error_detail = excluded.error_detail
        """;

    public static Task<List<CircuitView>> ListAsync(PostgresSession session, CancellationToken cancel) => session.QueryAsync(
        $"select {Columns} from exporter.circuit",
        row => new CircuitView(row.GetGuid(0), row.GetBoolean(1), row.GetInt32(2), row.Time(3), row.Time(4), row.GetString(5), row.GetString(6)),
        cancel);

    public static void Set(PostgresPipeline pipeline, Guid exportId, Circuit? circuit)
    {
        if (circuit is null)
            pipeline.Add("delete from exporter.circuit where export_id = $1", exportId);
        else
            pipeline.Add(Save, exportId, circuit.IsOpen, circuit.Faults, circuit.Since, circuit.PausedUntil, circuit.ErrorType, circuit.ErrorDetail);
    }

    /// <summary>What was changed may have been mended: it is tried at once.</summary>
    public static Task<int> LiftPauseAsync(PostgresSession session, Guid exportId, CancellationToken cancel) => session.ExecuteAsync(
        "update exporter.circuit set paused_until = exporter.clock() where export_id = $1 and paused_until > exporter.clock()", cancel, exportId);

    public static Circuit Read(NpgsqlDataReader row) =>
        new(row.GetBoolean(1), row.GetInt32(2), row.Time(3), row.Time(4), row.GetString(5), row.GetString(6));

    /// <summary>The store's clock, behind a circuit.</summary>
    public static DateTimeOffset Now(NpgsqlDataReader row) => row.Time(7);
}
