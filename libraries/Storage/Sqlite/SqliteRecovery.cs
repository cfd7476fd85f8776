namespace Exporter.Storage.Sqlite;

/// <summary>At start there is no other worker: every claim is an earlier process's (rule S6).</summary>
internal static class SqliteRecovery
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromHours(1);

    public static int Run(SqliteSession session, DateTimeOffset now)
    {
        session.Execute(
            """
            update book set waiting = waiting + claimed.reports, in_flight = in_flight - claimed.reports
            from (select export_id, sum(report_count - settled_reports) as reports from batch where state = 2 group by export_id) as claimed
            where book.export_id = claimed.export_id
            """);
        var released = session.Execute("update batch set state = 1, lease_until = null where state = 2");

        // The machine's clock may have been set back since these were written.
        session.Execute("update batch set due_at = $1 where state = 1 and due_at > $1", now + LongestBackOff);
        session.Execute("update circuit set paused_until = $1 where paused_until > $1", now + LongestBackOff);
        session.Execute("update partition set oldest_at = $1 where oldest_at > $1", now);
        return released;
    }
}
