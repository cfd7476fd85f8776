using Exporter.Delivery.Batches;
using Exporter.Delivery.Sending;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>Claiming: by seal order among the due, bounded over all instances, fenced by the attempt (rules C1 to C3).</summary>
internal static class PostgresClaims
{
    private const string DueOfAll = "select * from ready union all select * from deferred union all select * from lost";

    private const string NoCircuit = "not exists (select 1 from exporter.circuit where export_id = $1)";

    /// <summary>
    /// $1 export, $2 and $3 where to begin among the ready and among the leases, $4 whether to look for leases that ended,
    /// $5 the most in flight, $6 lease, $7 back-off. Each arm is a few steps along an index of its own, whatever the backlog.
    /// </summary>
    internal static readonly string Claim = Sql(ready: 1, $"select * from ({DueOfAll}) as due where {NoCircuit}");

    /// <summary>As <see cref="Claim"/>, whatever the circuit; $8 due batches are passed by, but for the last.</summary>
    internal static readonly string Probe = Sql(ready: 1 + Circuit.FurthestBack, $"select * from (select * from ({DueOfAll}) as due order by number limit 1 + $8) as passed order by number desc limit 1");

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
            object[] values = [exportId, from, leases, isWhole, (long)maxInFlight, lease, backOff];
            var (hasCircuit, taken) = await store.RunAsync(session => ClaimAsync(session, exportId, leases, values, cancel), cancel);
            if (hasCircuit && taken is null)
                taken = await store.TransactAsync(session => ProbeAsync(session, exportId, leases, values, cancel), cancel);
            if (isWhole)
                hint.Took(store.Clock.GetElapsedTime(begun));
            if (taken is null)
                return null;

            if (!taken.PassedOthersBy)
                hint.Found(taken.Number, taken.FirstLease);
            return taken.Claim;
        }
        catch
        {
            hint.Forget();
            throw;
        }
    }

    /// <summary>The way without faults: one round trip, and a transaction of its own.</summary>
    private static async Task<(bool HasCircuit, Taken? Taken)> ClaimAsync(
        PostgresSession session, Guid exportId, DateTimeOffset leases, object[] values, CancellationToken cancel)
    {
        await using var pipeline = session.Pipeline()
            .HoldQueue(exportId)
            .Add(PostgresCircuits.Find, exportId)
            .Add(Claim, values)
            .Add(FirstLease, exportId, leases);
        await using var reader = await pipeline.ReadAsync(cancel);
        await reader.TakeAsync(_ => 0, cancel);
        var hasCircuit = (await reader.TakeAsync(_ => 0, cancel)).Count > 0;
        return (hasCircuit, await TakeAsync(reader, (TimeSpan)values[5], false, cancel));
    }

    /// <summary>With faults: nothing during the pause, and one at a time while the circuit is open.</summary>
    private static async Task<Taken?> ProbeAsync(
        PostgresSession session, Guid exportId, DateTimeOffset leases, object[] values, CancellationToken cancel)
    {
        await session.HoldQueueAsync(exportId, cancel);
        var circuit = await session.FirstAsync(
            PostgresCircuits.Find, row => new Standing(PostgresCircuits.Read(row), PostgresCircuits.Now(row)), cancel, exportId);
        if (circuit is not null && circuit.Now < circuit.Circuit.PausedUntil)
            return null;

        var skip = circuit?.Circuit.ProbeSkip ?? 0;
        var most = circuit is { Circuit.IsOpen: true } ? 1L : values[4];
        await using var pipeline = session.Pipeline()
            .Add(Probe, [.. values[..4], most, .. values[5..], (long)skip])
            .Add(FirstLease, exportId, leases);
        await using var reader = await pipeline.ReadAsync(cancel);
        return await TakeAsync(reader, (TimeSpan)values[5], skip > 0, cancel);
    }

    private static async Task<Taken?> TakeAsync(NpgsqlDataReader reader, TimeSpan lease, bool passedOthersBy, CancellationToken cancel)
    {
        var claimed = (await reader.TakeAsync(row => Read(row, lease), cancel)).SingleOrDefault();
        var firstLease = (await reader.TakeAsync(row => (DateTimeOffset?)row.Time(0), cancel)).SingleOrDefault();
        return claimed.Claim is null ? null : new(claimed.Claim, claimed.Number, passedOthersBy, firstLease);
    }

    private static (Claim Claim, long Number) Read(NpgsqlDataReader row, TimeSpan lease)
    {
        var view = PostgresBatchRow.Read(row);
        var leaseUntil = row.Time(PostgresBatchRow.Count + 2);
        var claim = new Claim(view.Batch, row.GetInt32(PostgresBatchRow.Count), leaseUntil)
        {
            Try = row.GetInt32(PostgresBatchRow.Count + 1),
            ClaimedAt = leaseUntil - lease,
        };
        return (claim, view.Number);
    }

    private static string Sql(int ready, string due) =>
        $"""
        with ready as materialized (
          select id, number, state from exporter.batch
          where export_id = $1 and ready_number >= $2 order by ready_number limit {ready} for update skip locked
        ), deferred as materialized (
          select id, number, state from exporter.batch
          where export_id = $1 and state = 1 and is_deferred and due_at <= exporter.clock() order by due_at limit 16 for update skip locked
        ), lost as materialized (
          select id, number, state from exporter.batch
          where $4 and export_id = $1 and lease_until < exporter.clock() and due_at <= exporter.clock()
          order by lease_until limit 16 for update skip locked
        ), picked as (
          select id, number, state from ({due}) as due
          where (select count(*) from exporter.batch
                 where export_id = $1 and lease_until >= greatest($3, exporter.clock())) < $5
          order by number limit 1
        ), claimed as (
          update exporter.batch b
          set state = 2, is_deferred = false, attempt = b.attempt + 1, lease_until = exporter.clock() + $6, due_at = exporter.clock() + $7,
            first_attempt_at = coalesce(b.first_attempt_at, exporter.clock())
          from picked where b.id = picked.id
          returning b.*, picked.state as was
        ), entered as (
          insert into exporter.book_entry (export_id, waiting, in_flight)
          select export_id, settled_reports - report_count, report_count - settled_reports from claimed where was = 1
        )
        select {PostgresBatchRow.Columns}, attempt, attempt - released_attempts - attempts_before, lease_until from claimed
        """;

    private sealed record Standing(Circuit Circuit, DateTimeOffset Now);

    private sealed record Taken(Claim Claim, long Number, bool PassedOthersBy, DateTimeOffset? FirstLease);
}
