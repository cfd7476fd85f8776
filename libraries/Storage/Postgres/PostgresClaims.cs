using Exporter.Delivery.Batches;

namespace Exporter.Storage.Postgres;

/// <summary>Claiming: by seal order among the due, bounded over all instances, fenced by the attempt (rules C1 to C3).</summary>
internal static class PostgresClaims
{
    /// <summary>
    /// $1 export, $2 and $3 where to begin among the ready and among the leases, $4 whether to look for leases that ended,
    /// $5 the most in flight, $6 lease, $7 back-off. Each arm is a few steps along an index of its own, whatever the backlog.
    /// </summary>
    internal const string Claim =
        $"""
        with ready as materialized (
          select id, number, state from exporter.batch
          where export_id = $1 and ready_number >= $2 order by ready_number limit 1 for update skip locked
        ), deferred as materialized (
          select id, number, state from exporter.batch
          where export_id = $1 and state = 1 and is_deferred and due_at <= exporter.clock() order by due_at limit 16 for update skip locked
        ), lost as materialized (
          select id, number, state from exporter.batch
          where $4 and export_id = $1 and lease_until < exporter.clock() and due_at <= exporter.clock()
          order by lease_until limit 16 for update skip locked
        ), picked as (
          select id, number, state from (select * from ready union all select * from deferred union all select * from lost) as due
          where (select count(*) from exporter.batch
                 where export_id = $1 and lease_until >= greatest($3, exporter.clock())) < $5
          order by number limit 1
        ), claimed as (
          update exporter.batch b
          set state = 2, is_deferred = false, attempt = b.attempt + 1, lease_until = exporter.clock() + $6, due_at = exporter.clock() + $7
          from picked where b.id = picked.id
          returning b.*, picked.state as was
        ), entered as (
          insert into exporter.book_entry (export_id, waiting, in_flight)
          select export_id, -report_count, report_count from claimed where was = 1
        )
        select {PostgresBatchRow.Columns}, lease_until from claimed
        """;

    /// <summary>The lease that ends first: no other claim has an earlier one, since each has its lease from its own moment on.</summary>
    internal const string FirstLease =
        "select lease_until from exporter.batch where export_id = $1 and lease_until >= greatest($2, exporter.clock()) order by lease_until limit 1";

    public static async Task<Claim?> ClaimAsync(
        PostgresStore store, Guid exportId, int maxInFlight, TimeSpan lease, TimeSpan backOff, CancellationToken cancel)
    {
        var hint = store.Hints.Claims(exportId);
        var begun = store.Clock.GetTimestamp();
        var (from, leases, isWhole) = hint.Begin();
        try
        {
            await using var session = await store.OpenAsync(cancel);
            await using var pipeline = session.Pipeline()
                .HoldQueue(exportId)
                .Add(Claim, exportId, from, leases, isWhole, (long)maxInFlight, lease, backOff)
                .Add(FirstLease, exportId, leases);
            await using var reader = await pipeline.ReadAsync(cancel);
            await reader.TakeAsync(_ => 0, cancel);
            var claimed = (await reader.TakeAsync(row => (View: PostgresBatchRow.Read(row), LeaseUntil: row.Time(PostgresBatchRow.Count)), cancel)).SingleOrDefault();
            var firstLease = (await reader.TakeAsync(row => (DateTimeOffset?)row.Time(0), cancel)).SingleOrDefault();
            if (isWhole)
                hint.Took(store.Clock.GetElapsedTime(begun));
            if (claimed.View is not { } view)
                return null;

            hint.Found(view.Number, firstLease);
            return new(view.Batch, view.Attempts, claimed.LeaseUntil);
        }
        catch
        {
            hint.Forget();
            throw;
        }
    }
}
