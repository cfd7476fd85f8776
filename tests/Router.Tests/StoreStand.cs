using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Exporter.Delivery.Routing;
using Exporter.Storage.Sqlite;
using Exporter.TestKit.Time;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exporter.Router;

/// <summary>A store on SQLite with what a test put into it, and a clock whose timers the test rings.</summary>
internal sealed class StoreStand : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("exporter-router-").FullName;
    private ServiceProvider services = null!;

    private StoreStand()
    {
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ManualClock Clock { get; } = new();

    public ExportSnapshots Snapshots { get; private set; } = null!;

    public IDeliveryQueries Queries => services.GetRequiredService<IDeliveryQueries>();

    private IBatchStore Batches => services.GetRequiredService<IBatchStore>();

    private IRoutingStore Routing => services.GetRequiredService<IRoutingStore>();

    private string DatabasePath => Path.Combine(folder, "exporter.db");

    public static async Task<StoreStand> OpenAsync()
    {
        var stand = new StoreStand();
        var collection = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        collection.AddSqliteStore(await SqliteStore.OpenAsync(stand.DatabasePath, new SqliteOptions { MinFreeBytes = 0, MinFreePercent = 0 }, TimeProvider.System));
        stand.services = collection.BuildServiceProvider();
        stand.Snapshots = new(stand.services.GetRequiredService<IExportStore>(), TimeProvider.System, NullLogger<ExportSnapshots>.Instance);
        return stand;
    }

    public async Task AddExportAsync(string name, bool isPaused = false)
    {
        var now = DateTimeOffset.UnixEpoch;
        var settings = new ExportSettings { BatchReports = 2 };
        await services.GetRequiredService<IExportStore>().CreateAsync(
            new(Guid.NewGuid(), name, ExportKind.Dummy, true, settings, ConditionalPut.Unknown, now, now, 0) { IsPaused = isPaused }, Cancel);
        await Snapshots.RefreshAsync(Cancel);
    }

    /// <summary>Commits a block of so many reports, and routes it.</summary>
    public async Task RouteAsync(int reports)
    {
        var marks = Enumerable.Repeat(new ReportMark(1, 1_795_000_000_000), reports).ToList();
        await services.GetRequiredService<IBlockStore>().CommitAsync([new(null, [new(ReportSource.Gnss, new byte[reports], marks)])], Cancel);
        await Routing.RouteAsync(Snapshots.Current, 10, Cancel);
    }

    /// <summary>Claims the export's next batch, and ends it so.</summary>
    public async Task EndAsync(string export, Outcome outcome)
    {
        var claim = await Batches.ClaimAsync(Snapshots.Current.Find(export)!.Id, 8, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), Cancel);
        await Batches.RecordAsync(claim!, outcome, new(TimeSpan.FromMinutes(1), TimeSpan.Zero, new(1, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), 1)), Cancel);
        while (await Routing.ReleaseAsync(100, Cancel) > 0)
            Cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Counts a membership too many in every block, past the store, as a fault in it might.</summary>
    public async Task MiscountAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "update block set remaining = remaining + 1";
        await command.ExecuteNonQueryAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        Snapshots.Dispose();
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
