using Exporter.Delivery.Batches;
using Microsoft.Data.Sqlite;

namespace Exporter.Storage.Sqlite;

/// <summary>Claiming: by seal order among the due, bounded, fenced by the attempt; only probes while a circuit is open (rules C1 to C3).</summary>
internal static class SqliteClaims
{
    private const string Next =
        """
        select max(due_at, coalesce((select paused_until from circuit where export_id = $1), 0)) from (
          select min(case when state = 2 then max(due_at, lease_until) else due_at end) as due_at from batch where export_id = $1 and state in (1, 2))
        where due_at is not null
        """;

    public static bool IsDue(SqliteSession session, Guid exportId, DateTimeOffset now) =>
        (SqliteCircuits.Find(session, exportId) is not { } circuit || circuit.PausedUntil <= now) && FindDue(session, exportId, 0, now) is not null;

    public static Claim? Claim(SqliteSession session, Guid exportId, int maxInFlight, TimeSpan lease, TimeSpan backOff, DateTimeOffset now)
    {
        var circuit = SqliteCircuits.Find(session, exportId);
        if (circuit is not null && now < circuit.PausedUntil)
            return null;

        var inFlight = session.Scalar<long>("select count(*) from batch where export_id = $1 and state = 2 and lease_until >= $2", exportId, now);
        var most = circuit is { IsOpen: true } ? 1 : maxInFlight;
        if (inFlight >= most || FindDue(session, exportId, circuit?.ProbeSkip ?? 0, now) is not { } due)
            return null;

        session.Execute(
            "update batch set state = 2, attempt = attempt + 1, lease_until = $2, due_at = $3, first_attempt_at = coalesce(first_attempt_at, $4) where id = $1",
            due.View.Batch.Id, now + lease, now + backOff, now);
        if (due.View.State == BatchState.Sealed)
            SqliteBooks.Move(session, exportId, "waiting", "in_flight", due.View.Batch.ReportCount - due.View.SettledReports);
        return new(due.View.Batch, due.Attempts + 1, now + lease) { Try = due.Tries + 1, ClaimedAt = now };
    }

    public static DateTimeOffset? NextDue(SqliteSession session, Guid exportId) =>
        session.Query(Next, row => row.Time(0), exportId) is [var due] ? due : null;

    /// <summary>The first of the due but for those passed by; the last of them where there are fewer.</summary>
    private static Due? FindDue(SqliteSession session, Guid exportId, int skip, DateTimeOffset now) => session.Query(
        $"""
        select {SqliteBatchRow.Columns}, attempt, attempt - released_attempts - attempts_before from batch
        where export_id = $1 and due_at <= $2 and (state = 1 or state = 2 and lease_until < $2) and state in (1, 2)
        order by number limit 1 + $3
        """,
        row => new Due(SqliteBatchRow.Read(row), row.GetInt32(SqliteBatchRow.Count), row.GetInt32(SqliteBatchRow.Count + 1)),
        exportId, now, skip).LastOrDefault();

    private sealed record Due(Delivery.Queries.BatchView View, int Attempts, int Tries);
}
