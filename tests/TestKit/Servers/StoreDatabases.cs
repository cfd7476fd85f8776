using Exporter.Storage.Postgres;
using Npgsql;

namespace Exporter.TestKit.Servers;

/// <summary>One server for a test assembly, and on it a migrated database for each test that asks.</summary>
public sealed class StoreDatabases : IAsyncDisposable
{
    private static readonly Lock Gate = new();
    private static Task<StoreDatabases>? shared;
    private readonly string template = Name();
    private PostgresServer server = null!;

    /// <summary>The assembly's server, started by whoever asks first. An assembly fixture ends it.</summary>
    public static Task<StoreDatabases> SharedAsync()
    {
        lock (Gate)
            return shared ??= StartAsync();
    }

    /// <summary>Makes a migrated database; its connection string.</summary>
    public Task<string> CreateAsync() => server.CreateDatabaseAsync(Name(), template);

    /// <summary>Makes a database without a schema; its connection string.</summary>
    public Task<string> CreateEmptyAsync() => server.CreateDatabaseAsync(Name());

    /// <summary>Drops a database that was made here.</summary>
    public Task DropAsync(string connectionString) => server.DropDatabaseAsync(new NpgsqlConnectionStringBuilder(connectionString).Database!);

    public async ValueTask DisposeAsync()
    {
        await server.DropDatabaseAsync(template);
        await server.DisposeAsync();
    }

    private static async Task<StoreDatabases> StartAsync()
    {
        var databases = new StoreDatabases { server = await PostgresServer.StartAsync() };
        await using (var source = NpgsqlDataSource.Create(await databases.server.CreateDatabaseAsync(databases.template)))
            await PostgresMigrations.ApplyAsync(source, CancellationToken.None);
        return databases;
    }

    private static string Name() => $"exporter_{Guid.NewGuid():n}";

    /// <summary>Ends the shared server with the assembly: <c>[assembly: AssemblyFixture(typeof(StoreDatabases.Owner))]</c>.</summary>
    public sealed class Owner : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (shared is { } started)
                await (await started).DisposeAsync();
        }
    }
}
