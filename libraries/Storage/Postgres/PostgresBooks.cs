using Exporter.Delivery.Queries;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>The books: what moves is an entry in the transaction of what it counts, added up a little later (rule C8).</summary>
internal static class PostgresBooks
{
    public const string Entry =
        "insert into exporter.book_entry (export_id, routed, delivered, waiting, in_flight, dead, discarded) values ($1, $2, $3, $4, $5, $6, $7)";

    /// <summary>Exports at their own limit, by the word of their policy ($1), fullest last.</summary>
    public const string FullExports =
        """
        select name, held, most from (
          select e.name, (e.settings->>'max_waiting_reports')::bigint as most,
            (select coalesce(sum(waiting + in_flight), 0)::bigint from exporter.book where export_id = e.id)
              + (select coalesce(sum(waiting + in_flight), 0)::bigint from exporter.book_entry where export_id = e.id) as held
          from exporter.export e
          where e.is_enabled and e.settings->>'full_policy' = $1) as limited
        where most > 0 and held > most order by name
        """;

    private const string Sums =
        """
        select export_id, sum(routed)::bigint, sum(delivered)::bigint, sum(waiting)::bigint, sum(in_flight)::bigint, sum(dead)::bigint, sum(discarded)::bigint
        from (select export_id, routed, delivered, waiting, in_flight, dead, discarded from exporter.book
              union all select export_id, routed, delivered, waiting, in_flight, dead, discarded from exporter.book_entry) as entries
        """;

    /// <summary>Adds up to $1 entries to their books; those that another instance is at are left to it.</summary>
    private const string Fold =
        """
        with gone as (
          delete from exporter.book_entry where number = any (array(
            select number from exporter.book_entry order by number limit $1 for update skip locked))
          returning export_id, routed, delivered, waiting, in_flight, dead, discarded)
        insert into exporter.book as b (export_id, routed, delivered, waiting, in_flight, dead, discarded)
        select export_id, sum(routed), sum(delivered), sum(waiting), sum(in_flight), sum(dead), sum(discarded) from gone group by export_id order by export_id
        on conflict (export_id) do update set
          routed = b.routed + excluded.routed, delivered = b.delivered + excluded.delivered, waiting = b.waiting + excluded.waiting,
          in_flight = b.in_flight + excluded.in_flight, dead = b.dead + excluded.dead, discarded = b.discarded + excluded.discarded
        """;

    public static object[] Routed(Guid exportId, long reports) => Of(exportId, routed: reports, waiting: reports);

    public static object[] Of(
        Guid exportId, long routed = 0, long delivered = 0, long waiting = 0, long inFlight = 0, long dead = 0, long discarded = 0) =>
        [exportId, routed, delivered, waiting, inFlight, dead, discarded];

    public static Task<int> MoveAsync(PostgresSession session, object[] entry, CancellationToken cancel) => session.ExecuteAsync(Entry, cancel, entry);

    public static Task<List<Books>> ReadAsync(PostgresSession session, CancellationToken cancel) =>
        session.QueryAsync($"{Sums} group by export_id order by export_id", Read, cancel);

    public static Task<Books?> ReadAsync(PostgresSession session, Guid exportId, CancellationToken cancel) =>
        session.FirstAsync($"{Sums} where export_id = $1 group by export_id", Read, cancel, exportId);

    public static Task<int> FoldAsync(PostgresSession session, int most, CancellationToken cancel) => session.ExecuteAsync(Fold, cancel, most);

    private static Books Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6));
}
