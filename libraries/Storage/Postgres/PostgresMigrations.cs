using System.Globalization;
using System.Reflection;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>
/// Numbered scripts, each applied once, in one transaction with its number. Run by a job of their own, before the services.
/// A script that older programs go on working with says so in its first line: <c>-- works from: N</c>, where N is the oldest
/// schema version that such a program may have been made for.
/// </summary>
public static class PostgresMigrations
{
    private const string Prefix = "postgres/";
    private const string WorksFrom = "-- works from: ";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private const string Ledger =
        """
        create schema if not exists exporter;
        create table if not exists exporter.migration (
          number integer primary key,
          name text not null,
          applied_at timestamptz not null default now()
        );
        alter table exporter.migration add column if not exists works_from integer
        """;

    // The column came later than the table; what is without it, or has nothing in it, needs programs that know it.
    private const string Standing =
        """
        select coalesce(max(number), 0), coalesce(max(coalesce((to_jsonb(migration) ->> 'works_from')::integer, number)), 0)
        from exporter.migration
        """;

    private static readonly IReadOnlyList<(int Number, string Name)> Scripts =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (int.Parse(name.AsSpan(Prefix.Length, 4), CultureInfo.InvariantCulture), name[Prefix.Length..]))
            .Order(),
    ];

    /// <summary>The version that this program was made for.</summary>
    public static int Newest => Scripts[^1].Number;

    /// <summary>Brings the database to <see cref="Newest"/>, or leaves it at a newer version that goes with it; waits while another does so.</summary>
    /// <param name="source">Connections of a role that may create a schema; the settings of the store need not be on them.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>The scripts applied, by name; empty when there was nothing to do.</returns>
    /// <exception cref="StoreStartException">The schema is a newer version's that does not go with this program.</exception>
    public static async Task<IReadOnlyList<string>> ApplyAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var session = new PostgresSession(await source.OpenConnectionAsync(cancel));
        await session.HoldMigrationsAsync(cancel);
        try
        {
            await session.ExecuteAsync(Ledger, cancel);
            var schema = await SchemaAsync(session, cancel);
            if (schema.IsTooNew)
                throw new StoreStartException(schema.Sentence);

            var applied = new List<string>();
            foreach (var (number, name) in Scripts.Where(script => script.Number > schema.Version))
            {
                var script = Read(name);
                await session.BeginAsync(cancel);
                await session.ExecuteAsync(script, cancel);
                await session.ExecuteAsync("insert into exporter.migration (number, name, works_from) values ($1, $2, $3)", cancel, number, name, WorksFromOf(script, number));
                await session.CommitAsync(cancel);
                applied.Add(name);
            }

            return applied;
        }
        finally
        {
            await session.FreeMigrationsAsync();
        }
    }

    /// <summary><see cref="ApplyAsync"/>, once the server answers.</summary>
    /// <exception cref="StoreStartException">It did not in time, or the schema is a newer version's.</exception>
    public static async Task<IReadOnlyList<string>> ApplyWhenUpAsync(NpgsqlDataSource source, TimeSpan timeout, TimeProvider clock, CancellationToken cancel)
    {
        var begun = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await ApplyAsync(source, cancel);
            }
            catch (Exception e) when (PostgresFaults.IsPassing(e))
            {
                if (clock.GetElapsedTime(begun) > timeout)
                    throw new StoreStartException($"The database can't be reached: {e.Message} Check that it runs, and the connection string.", e);
            }
            catch (PostgresException e)
            {
                throw new StoreStartException($"The database refuses the migrations: {e.MessageText} Check the role, its password and its rights.", e);
            }

            await Task.Delay(Pause, clock, cancel);
        }
    }

    /// <summary>What stands in the database.</summary>
    public static async Task<PostgresSchema> ReadSchemaAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var session = new PostgresSession(await source.OpenConnectionAsync(cancel));
        return await session.ScalarAsync<bool>("select to_regclass('exporter.migration') is not null", cancel) ? await SchemaAsync(session, cancel) : new(0, 0);
    }

    /// <summary>The oldest version whose programs go on working after a script, by its first line; its own where it says none.</summary>
    /// <exception cref="FormatException">The line says no version, or one that is not before the script's own.</exception>
    public static int WorksFromOf(string script, int number)
    {
        using var lines = new StringReader(script);
        if (lines.ReadLine() is not { } first || !first.StartsWith(WorksFrom, StringComparison.Ordinal))
            return number;
        return int.TryParse(first.AsSpan(WorksFrom.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 && version < number
            ? version
            : throw new FormatException($"Script {number} begins with '{first}', which must name a version from 1 to {number - 1}.");
    }

    private static async Task<PostgresSchema> SchemaAsync(PostgresSession session, CancellationToken cancel) =>
        (await session.FirstAsync(Standing, row => new PostgresSchema(row.GetInt32(0), row.GetInt32(1)), cancel))!;

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
