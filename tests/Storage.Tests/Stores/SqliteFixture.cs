using Exporter.Storage.Sqlite;

namespace Exporter.Storage.Stores;

/// <summary>SQLite in a folder of its own.</summary>
public sealed class SqliteFixture : StoreFixture
{
    private const string Miscounted =
        "select count(*) from block b where b.remaining is not null and b.remaining <> (select count(*) from membership m where m.block_id = b.id)";

    private readonly string folder = Directory.CreateTempSubdirectory("exporter-storage-").FullName;

    private SqliteFixture()
    {
    }

    public SqliteStore Store { get; private set; } = null!;

    public string DatabasePath => Path.Combine(folder, "exporter.db");

    public static async Task<SqliteFixture> OpenAsync()
    {
        var fixture = new SqliteFixture();
        await fixture.OpenStoreAsync();
        return fixture;
    }

    public override async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        await OpenStoreAsync();
    }

    public override Task AdvanceAsync(TimeSpan time)
    {
        Clock.Advance(time);
        return Task.CompletedTask;
    }

    public override Task<long> CountAsync(string table) => ScalarAsync($"select count(*) from {table}");

    public override Task<long> CountPayloadsAsync() => CountAsync("block_payload");

    public override Task<long> CountMiscountedBlocksAsync() => ScalarAsync(Miscounted);

    public override Task MiscountAsync() => Store.Writer.RunAsync(session => session.Execute("update block set remaining = remaining + 1"));

    public override Task DamageAsync() => Store.Writer.RunAsync(session => session.Execute("update block set payload_sha256 = $1", new byte[32]));

    public override async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private Task<long> ScalarAsync(string sql) => Store.Readers.ReadAsync(session => session.Scalar<long>(sql), Cancel);

    private async Task OpenStoreAsync()
    {
        Store = await SqliteStore.OpenAsync(DatabasePath, new SqliteOptions { MinFreeBytes = 1024 * 1024, MinFreePercent = 0 }, Clock);
        var batches = new SqliteBatchStore(Store);
        Blocks = new SqliteBlockStore(Store, Limits);
        Routing = new SqliteRoutingStore(Store, Limits);
        Batches = batches;
        Exports = new SqliteExportStore(Store);
        Keys = new SqliteApiKeyStore(Store);
        Counts = new SqliteLimitStore(Store);
        Queries = new SqliteQueries(Store, Limits);
        DeadLetters = new SqliteDeadLetterStore(Store, batches);
        Retained = new SqliteRetainedBatchStore(Store);
    }
}
