using Exporter.Delivery.Batches;

namespace Exporter.Storage.Postgres;

/// <summary>How batches end that nobody is sending.</summary>
internal static class PostgresEnds
{
    /// <summary>
    /// Ends dead batches ($1) with their last dead letter; what of them was delivered is retained as long as any delivered batch
    /// (rule C5).
    /// </summary>
    public const string EndDead =
        """
        update exporter.batch b set
          state = case when was.is_delivered then 3 else 5 end,
          ended_at = case when was.is_delivered then coalesce(b.ended_at, exporter.clock()) else exporter.clock() end,
          release_at = case when was.is_delivered then greatest(b.release_at, exporter.clock()) else exporter.clock() end
        from (select id, exists (select 1 from exporter.done_part where batch_id = id and outcome = 3) as is_delivered from unnest($1) as dead (id)) as was
        where b.id = was.id and b.state = 4 and not exists (select 1 from exporter.dead_letter where batch_id = b.id)
        """;

    private const string Discard =
        "update exporter.batch set state = 5, is_deferred = false, ended_at = exporter.clock(), release_at = exporter.clock() where id = any ($1)";

    private const string Bury =
        """
        update exporter.batch set state = 4, is_deferred = false, settled_reports = report_count, ended_at = exporter.clock(), release_at = exporter.clock()
        where id = any ($1)
        """;

    /// <summary>Gives up what of waiting batches is not settled, in a transaction that holds them; their dead letters stay open (rule C7).</summary>
    /// <returns>Reports given up.</returns>
    public static async Task<long> DiscardAsync(PostgresSession session, IReadOnlyList<WaitingBatch> batches, CancellationToken cancel)
    {
        var (whole, partly) = (batches.Where(batch => batch.Settled == 0).ToList(), batches.Where(batch => batch.Settled > 0).ToList());
        await using var pipeline = session.Pipeline().Add(Discard, whole.Select(batch => batch.Id).ToArray());
        var reports = whole.Sum(batch => batch.Reports);
        foreach (var (id, count, _) in partly)
        {
            var rest = SettledRun.Gaps(new(0, count), await PostgresParts.ReadAsync(session, id, new(0, count), cancel));
            PostgresParts.Add(pipeline, id, BatchState.Discarded, rest);
            reports += rest.Sum(run => run.Count);
        }

        var ids = partly.Select(batch => batch.Id).ToArray();
        pipeline.Add(Bury, ids).Add(EndDead, ids);
        await pipeline.ExecuteAsync(cancel);
        return reports;
    }
}

/// <summary>A batch that nobody is sending.</summary>
internal sealed record WaitingBatch(Guid Id, long Reports, long Settled);
