using System.Diagnostics;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Exporter.Delivery.Sending;
using Exporter.Storage;
using Exporter.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exporter.Delivery;

/// <summary>The delivery loops over a real store, with destinations that the test scripts.</summary>
internal sealed class DeliveryFixture : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("exporter-delivery-").FullName;
    private readonly ExportLimits limits = new(NullLogger<ExportLimits>.Instance);
    private SqliteStore store = null!;
    private ExportSnapshots snapshots = null!;
    private DeliveryService? service;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public DeliveryOptions Options { get; set; } = new()
    {
        FirstBackOff = TimeSpan.FromMilliseconds(20),
        LongestBackOff = TimeSpan.FromMilliseconds(40),
        LongestPause = TimeSpan.FromMilliseconds(40),
        Sweep = TimeSpan.FromMilliseconds(50),
    };

    public SqliteQueries Queries => new(store, limits);

    public SqliteDeadLetterStore DeadLetters => new(store, new SqliteBatchStore(store));

    public static async Task<DeliveryFixture> OpenAsync()
    {
        var fixture = new DeliveryFixture();
        fixture.store = await SqliteStore.OpenAsync(
            Path.Combine(fixture.folder, "exporter.db"), new SqliteOptions { MinFreeBytes = 0, MinFreePercent = 0 }, TimeProvider.System);
        fixture.snapshots = new(new SqliteExportStore(fixture.store), TimeProvider.System, NullLogger<ExportSnapshots>.Instance);
        return fixture;
    }

    public async Task AddExportAsync(string name, ExportKind kind, Func<ExportSettings, ExportSettings>? change = null)
    {
        var settings = new ExportSettings { BatchReports = 1, Url = kind == ExportKind.S3 ? "s3://bucket/{source}" : "" };
        var now = DateTimeOffset.UnixEpoch;
        await new SqliteExportStore(store).CreateAsync(
            new(Guid.NewGuid(), name, kind, true, change?.Invoke(settings) ?? settings, ConditionalPut.Unknown, now, now, 0), Cancel);
        await snapshots.RefreshAsync(Cancel);
    }

    /// <summary>Commits, routes and seals batches of one block each.</summary>
    public async Task SealAsync(int batches)
    {
        for (var i = 0; i < batches; i++)
        {
            await new SqliteBlockStore(store, limits).CommitAsync([new(null, [new(ReportSource.Gnss, new byte[] { 1, 2 }, [new(2, 1_795_000_000_000)])])], Cancel);
            await new SqliteRoutingStore(store, limits).RouteAsync(snapshots.Current, 10, Cancel);
        }
    }

    public async Task StartAsync(params IBatchSenderFactory[] destinations)
    {
        await snapshots.StartAsync(Cancel);
        service = new(
            destinations, new SqliteBatchStore(store), snapshots, new DestinationFaults(), new DeliveryWakes(), Options, () => 1, TimeProvider.System,
            NullLogger<DeliveryService>.Instance);
        await service.StartAsync(Cancel);
    }

    public async Task StopAsync()
    {
        await service!.StopAsync(Cancel);
        await snapshots.StopAsync(Cancel);
        service.Dispose();
        service = null;
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
        if (service is not null)
            await StopAsync();
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
