using System.Globalization;
using System.Reflection;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>Numbered scripts, each applied once, in one transaction with its number. Run by a job of their own, before the services.</summary>
public static class PostgresMigrations
{
    private const string Prefix = "postgres/";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private const string Ledger =
        """
        create schema if not exists exporter;
        create table if not exists exporter.migration (
          number integer primary key,
          name text not null,
          applied_at timestamptz not null default now()
        )
        """;

    private static readonly IReadOnlyList<(int Number, string Name)> Scripts =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (int.Parse(name.AsSpan(Prefix.Length, 4), CultureInfo.InvariantCulture), name[Prefix.Length..]))
            .Order(),
    ];

    /// <summary>The version that this program works with.</summary>
    public static int Newest => Scripts[^1].Number;

    /// <summary>Brings the database to <see cref="Newest"/>; waits while another does so.</summary>
    /// <param name="source">Connections of a role that may create a schema; the settings of the store need not be on them.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>The scripts applied, by name; empty when there was nothing to do.</returns>
    /// <exception cref="StoreStartException">The schema is a newer version's.</exception>
    public static async Task<IReadOnlyList<string>> ApplyAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var session = new PostgresSession(await source.OpenConnectionAsync(cancel));
        await session.HoldMigrationsAsync(cancel);
        try
        {
            await session.ExecuteAsync(Ledger, cancel);
            var version = await VersionAsync(session, cancel);
            if (version > Newest)
                throw new StoreStartException(Sentence(version));

            var applied = new List<string>();
            foreach (var (number, name) in Scripts.Where(script => script.Number > version))
            {
                await session.BeginAsync(cancel);
                await session.ExecuteAsync(Read(name), cancel);
                await session.ExecuteAsync("insert into exporter.migration (number, name) values ($1, $2)", cancel, number, name);
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

    /// <summary>The version that stands in the database, or 0 before the first migration.</summary>
    public static async Task<int> ReadVersionAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var session = new PostgresSession(await source.OpenConnectionAsync(cancel));
        return await session.ScalarAsync<bool>("select to_regclass('exporter.migration') is not null", cancel) ? await VersionAsync(session, cancel) : 0;
    }

    /// <summary>Says what to do about a version that is not <see cref="Newest"/>.</summary>
    public static string Sentence(int version) => version > Newest
        ? $"The database's schema has version {version}, and this program knows up to {Newest}. Use the Exporter that migrated it, or a newer one."
        : $"The database's schema has version {version}, and this program needs {Newest}. Run the migration job of this version.";

    private static Task<int> VersionAsync(PostgresSession session, CancellationToken cancel) =>
        session.ScalarAsync<int>("select coalesce(max(number), 0) from exporter.migration", cancel);

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
