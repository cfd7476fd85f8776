using System.Diagnostics;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Exporter.Delivery.Routing;
using Exporter.Delivery.Sending;
using Exporter.Storage;
using Exporter.Storage.Postgres;
using Exporter.Storage.Sqlite;
using Exporter.TestKit.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exporter.Delivery;

/// <summary>The delivery loops over a real store, with destinations that the test scripts.</summary>
internal sealed class DeliveryFixture : IAsyncDisposable
{
    private readonly ServiceProvider store;
    private readonly Func<Task> remove;
    private readonly ExportSnapshots snapshots;
    private readonly List<DeliveryService> services = [];

    private DeliveryFixture(ServiceProvider store, Func<Task> remove)
    {
        (this.store, this.remove) = (store, remove);
        snapshots = new(Exports, TimeProvider.System, NullLogger<ExportSnapshots>.Instance);
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public DeliveryOptions Options { get; set; } = new()
    {
        FirstBackOff = TimeSpan.FromMilliseconds(20),
        LongestBackOff = TimeSpan.FromMilliseconds(40),
        LongestPause = TimeSpan.FromMilliseconds(40),
        Sweep = TimeSpan.FromMilliseconds(50),
    };

    /// <summary>What the loops see of the store.</summary>
    public Func<IBatchStore, IBatchStore> Between { get; set; } = batches => batches;

    public IDeliveryQueries Queries => store.GetRequiredService<IDeliveryQueries>();

    public IDeadLetterStore DeadLetters => store.GetRequiredService<IDeadLetterStore>();

    private IExportStore Exports => store.GetRequiredService<IExportStore>();

    public static async Task<DeliveryFixture> OpenAsync(StoreKind kind)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        return kind == StoreKind.Sqlite ? await OpenSqliteAsync(services) : await OpenPostgresAsync(services);
    }

    public async Task AddExportAsync(string name, ExportKind kind, Func<ExportSettings, ExportSettings>? change = null)
    {
        var settings = new ExportSettings { BatchReports = 1, Url = kind == ExportKind.S3 ? "s3://bucket/{source}" : "" };
        var now = DateTimeOffset.UnixEpoch;
        await Exports.CreateAsync(
            new(Guid.NewGuid(), name, kind, true, change?.Invoke(settings) ?? settings, ConditionalPut.Unknown, now, now, 0), Cancel);
        await snapshots.RefreshAsync(Cancel);
    }

    /// <summary>Commits, routes and seals batches of one block each.</summary>
    public async Task SealAsync(int batches)
    {
        for (var i = 0; i < batches; i++)
        {
            await store.GetRequiredService<IBlockStore>().CommitAsync([new(null, [new(ReportSource.Gnss, new byte[] { 1, 2 }, [new(2, 1_795_000_000_000)])])], Cancel);
            await store.GetRequiredService<IRoutingStore>().RouteAsync(snapshots.Current, 10, Cancel);
        }
    }

    public async Task StartAsync(params IBatchSenderFactory[] destinations)
    {
        await snapshots.StartAsync(Cancel);
        await StartAnotherAsync(destinations);
    }

    /// <summary>Another process's loops over the same store.</summary>
    public async Task StartAnotherAsync(params IBatchSenderFactory[] destinations)
    {
        services.Add(new(
            destinations, Between(store.GetRequiredService<IBatchStore>()), snapshots, new DeliveryWakes(), Options, () => 1, TimeProvider.System, NullLogger<DeliveryService>.Instance));
        await services[^1].StartAsync(Cancel);
    }

    public async Task PauseAsync(string name, bool isPaused)
    {
        await Exports.UpdateAsync(snapshots.Current.Find(name)! with { IsPaused = isPaused }, Cancel);
        await snapshots.RefreshAsync(Cancel);
    }

    public async Task StopAsync()
    {
        foreach (var service in services)
        {
            await service.StopAsync(Cancel);
            service.Dispose();
        }

        services.Clear();
        await snapshots.StopAsync(Cancel);
    }

    public async Task<Books> BooksAsync(string export)
    {
        var books = (await Queries.ReadBooksAsync(Cancel)).Single(book => book.ExportId == snapshots.Current.Find(export)!.Id);
        books.Balance.ShouldBeTrue();
        return books;
    }

    public static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(30));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (services.Count > 0)
            await StopAsync();
        snapshots.Dispose();
        await store.DisposeAsync();
        await remove();
    }

    private static async Task<DeliveryFixture> OpenSqliteAsync(IServiceCollection services)
    {
        var folder = Directory.CreateTempSubdirectory("exporter-delivery-").FullName;
        services.AddSqliteStore(await SqliteStore.OpenAsync(
            Path.Combine(folder, "exporter.db"), new SqliteOptions { MinFreeBytes = 0, MinFreePercent = 0 }, TimeProvider.System));
        return new(services.BuildServiceProvider(), () =>
        {
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
    }

    private static async Task<DeliveryFixture> OpenPostgresAsync(IServiceCollection services)
    {
        var databases = await StoreDatabases.SharedAsync();
        var connectionString = await databases.CreateAsync();
        services.AddSingleton(_ => PostgresConnections.Create(connectionString, new PostgresOptions()));
        services.AddPostgresStore(new PostgresOptions());
        return new(services.BuildServiceProvider(), () => databases.DropAsync(connectionString));
    }
}
