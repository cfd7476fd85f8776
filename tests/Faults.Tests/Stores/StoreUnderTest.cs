using System.Globalization;
using Exporter.Delivery.Batches;
using Exporter.Storage;
using Exporter.Storage.Postgres;
using Exporter.Storage.Sqlite;
using Exporter.TestKit.Servers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Exporter.Faults.Stores;

/// <summary>A store of its own for a test, whose clock can be moved.</summary>
internal sealed class StoreUnderTest(string? connectionString) : IAsyncDisposable
{
    private TimeSpan ahead;

    public static async Task<StoreUnderTest> AddAsync(IServiceCollection services, StoreKind kind, string folder, TimeProvider clock)
    {
        string? connectionString = null;
        if (kind == StoreKind.Sqlite)
        {
            services.AddSqliteStore(await SqliteStore.OpenAsync(
                Path.Combine(folder, "exporter.db"), new SqliteOptions { MinFreeBytes = 0, MinFreePercent = 0 }, clock));
            services.AddSingleton<IBatchStore>(provider => new FaultyStore(provider.GetRequiredService<SqliteBatchStore>()));
        }
        else
        {
            connectionString = await (await StoreDatabases.SharedAsync()).CreateAsync();
            services.AddSingleton(_ => PostgresConnections.Create(connectionString, new PostgresOptions()));
            services.AddPostgresStore(new PostgresOptions());
            services.AddSingleton<IBatchStore>(provider => new FaultyStore(provider.GetRequiredService<PostgresBatchStore>()));
        }

        return new(connectionString);
    }

    public async Task PassAsync(TimeSpan time, TimeProvider clock)
    {
        if (connectionString is null)
        {
            ((PatientClock)clock).Advance(time);
            return;
        }

        ahead += time;
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(string.Create(
            CultureInfo.InvariantCulture,
            $"create or replace function exporter.clock() returns timestamptz language sql stable parallel safe as 'select pg_catalog.statement_timestamp() + interval ''{ahead.TotalSeconds} s'''"));
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (connectionString is not null)
            await (await StoreDatabases.SharedAsync()).DropAsync(connectionString);
    }
}
