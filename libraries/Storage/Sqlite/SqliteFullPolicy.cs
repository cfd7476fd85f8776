using Exporter.Delivery.Exports;

namespace Exporter.Storage.Sqlite;

/// <summary>Holds exports to their own limits, where the operator set one (rule C7).</summary>
internal static class SqliteFullPolicy
{
    public static async Task ApplyAsync(SqliteStore store, ExportSnapshot snapshot, ExportLimits limits, CancellationToken cancel)
    {
        var limited = snapshot.Enabled.Where(export => export.Settings.FullPolicy != FullPolicy.Wait && export.Settings.MaxWaitingReports > 0).ToList();
        if (limited.Count == 0)
        {
            limits.Note(null);
            return;
        }

        (string Name, long Waiting, long Most)? full = null;
        foreach (var export in limited)
        {
            var most = export.Settings.MaxWaitingReports;
            var waiting = await store.Readers.ReadAsync(
                session => session.Scalar<long>("select waiting + in_flight from book where export_id = $1", export.Id), cancel);
            if (waiting <= most)
                continue;
            if (export.Settings.FullPolicy == FullPolicy.RefuseIngest)
                full = (export.Name, waiting, most);
            else
                limits.NoteDiscarded(export.Name, await store.Writer.RunAsync(session => DiscardOldest(session, export, most, store.Clock.Now)));
        }

        if (full is { } found)
            limits.Note(found.Name, found.Waiting, found.Most);
        else
            limits.Note(null);
    }

    private static long DiscardOldest(SqliteSession session, ExportDefinition export, long most, DateTimeOffset now)
    {
        var excess = session.Scalar<long>("select waiting + in_flight from book where export_id = $1", export.Id) - most;
        var discarded = 0L;
        while (discarded < excess && Oldest(session, export, now) is { } oldest)
        {
            discarded += SqliteEnds.Discard(session, oldest.Id, oldest.Reports, now);
        }

        SqliteBooks.Move(session, export.Id, "waiting", "discarded", discarded);
        return discarded;
    }

    private static Candidate? Oldest(SqliteSession session, ExportDefinition export, DateTimeOffset now)
    {
        const string Sealed = "select id, report_count from batch where export_id = $1 and state in (1, 2) and state = 1 order by number limit 1";
        var oldest = session.First(Sealed, ReadCandidate, export.Id);
        if (oldest is not null)
            return oldest;

        var partition = session.First(
            $"select {SqlitePartitionRow.Columns} from partition where export_id = $1 and oldest_at is not null order by oldest_at limit 1", SqlitePartitionRow.Read, export.Id);
        if (partition is null)
            return null;

        SqliteSealing.Seal(session, export, partition, Delivery.Batches.BatchTrigger.Age, now);
        partition.Save(session);
        return session.First(Sealed, ReadCandidate, export.Id);
    }

    private static Candidate ReadCandidate(Microsoft.Data.Sqlite.SqliteDataReader row) => new(row.Id(0), row.GetInt64(1));

    private sealed record Candidate(Guid Id, long Reports);
}
