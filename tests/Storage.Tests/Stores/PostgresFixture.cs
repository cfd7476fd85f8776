using System.Globalization;
using Exporter.Storage.Postgres;
using Exporter.TestKit.Servers;
using Npgsql;

namespace Exporter.Storage.Stores;

/// <summary>PostgreSQL: a database of its own on the assembly's server.</summary>
public sealed class PostgresFixture : StoreFixture
{
    private const string Payloads = "select count(*) from exporter.block_payload p where exists (select 1 from exporter.block b where b.id = p.id and b.shelf = p.shelf)";

    private const string Miscounted =
        "select count(*) from exporter.block b where b.is_routed and b.remaining <> (select count(*) from exporter.membership m where m.block_id = b.id)";

    private readonly bool isFirst;

    private PostgresFixture(string connectionString, PostgresOptions options, bool isFirst) =>
        (ConnectionString, Options, this.isFirst) = (connectionString, options, isFirst);

    public string ConnectionString { get; }

    public PostgresOptions Options { get; }

    public NpgsqlDataSource Source { get; private set; } = null!;

    public PostgresStore Store { get; private set; } = null!;

    public static async Task<PostgresFixture> OpenAsync(PostgresOptions? options = null)
    {
        var databases = await StoreDatabases.SharedAsync();
        var fixture = new PostgresFixture(await databases.CreateAsync(), options ?? new(), isFirst: true);
        fixture.OpenStore();
        await fixture.SetClockAsync();
        await fixture.ExecuteAsync("update exporter.payload_shelf set opened_at = exporter.clock()"); // the migration had the real clock
        return fixture;
    }

    /// <summary>Another process over the same database, or over another way to it; its clock is its own.</summary>
    public PostgresFixture Another(string? connectionString = null, PostgresOptions? options = null)
    {
        var another = new PostgresFixture(connectionString ?? ConnectionString, options ?? Options, isFirst: false);
        another.OpenStore();
        return another;
    }

    public override async Task ReopenAsync()
    {
        await Source.DisposeAsync();
        OpenStore();
    }

    public override async Task AdvanceAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await SetClockAsync();
    }

    public override Task<long> CountAsync(string table) => ScalarAsync<long>($"select count(*) from exporter.{table}");

    public override Task<long> CountPayloadsAsync() => ScalarAsync<long>(Payloads);

    public override Task<long> CountMiscountedBlocksAsync() => ScalarAsync<long>(Miscounted);

    public override Task MiscountAsync() => ExecuteAsync("update exporter.block set remaining = remaining + 1");

    public override Task DamageAsync() => ExecuteAsync("update exporter.block set payload_sha256 = decode(repeat('00', 32), 'hex')");

    public Task<T> ScalarAsync<T>(string sql) => Store.RunAsync(async session => (await session.ScalarAsync<T>(sql, Cancel))!, Cancel);

    public Task<int> ExecuteAsync(string sql) => Store.RunAsync(session => session.ExecuteAsync(sql, Cancel), Cancel);

    public override async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        if (isFirst)
            await (await StoreDatabases.SharedAsync()).DropAsync(ConnectionString);
    }

    private Task<int> SetClockAsync() => ExecuteAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"create or replace function exporter.clock() returns timestamptz language sql stable parallel safe as 'select timestamptz ''{Clock.GetUtcNow():O}'''"));

    private void OpenStore()
    {
        Source = PostgresConnections.Create(ConnectionString, Options);
        Store = new(Source, Options, Clock);
        var batches = new PostgresBatchStore(Store);
        Blocks = new PostgresBlockStore(Store, Limits);
        Routing = new PostgresRoutingStore(Store, Limits);
        Batches = batches;
        Exports = new PostgresExportStore(Store);
        Keys = new PostgresApiKeyStore(Store);
        Counts = new PostgresLimitStore(Store);
        Queries = new PostgresQueries(Store, Limits);
        DeadLetters = new PostgresDeadLetterStore(Store, batches);
        Retained = new PostgresRetainedBatchStore(Store);
    }
}
