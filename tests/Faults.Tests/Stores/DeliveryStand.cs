using System.Diagnostics;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Exporter.Delivery.Routing;
using Exporter.Delivery.Sending;
using Exporter.GeosubmitExport;
using Exporter.Reports.V1;
using Exporter.S3Export;
using Exporter.Storage;
using Google.Protobuf;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Exporter.Faults.Stores;

/// <summary>The delivery loops and senders as the services make them, over a real store that can be made to fail.</summary>
internal sealed class DeliveryStand : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private readonly IHost host;
    private readonly StoreUnderTest under;
    private readonly TimeProvider clock;

    private DeliveryStand(IHost host, StoreUnderTest under, TimeProvider clock, string folder) => (this.host, this.under, this.clock, Folder) = (host, under, clock, folder);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>With the folders <c>secrets</c> and <c>files</c>.</summary>
    public string Folder { get; }

    public FaultyStore Faults => (FaultyStore)Get<IBatchStore>();

    public IDeliveryQueries Queries => Get<IDeliveryQueries>();

    private ExportSnapshots Snapshots => Get<ExportSnapshots>();

    public static async Task<DeliveryStand> StartAsync(StoreKind kind, TimeProvider clock, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("exporter-faults-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "secrets"));
        Directory.CreateDirectory(Path.Combine(folder, "files"));
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(SettingsOf(folder)).AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.Services.AddLogging().AddSingleton(clock).AddSingleton<Func<double>>(() => 1);
        var under = await StoreUnderTest.AddAsync(builder.Services, kind, folder, clock);
        builder.Services.AddDelivery(builder.Configuration);
        builder.AddGeosubmitExport();
        builder.AddS3Export();
        var host = builder.Build();
        await host.StartAsync(Cancel);
        return new(host, under, clock, folder);
    }

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public void WriteSecret(string name, string text) => File.WriteAllText(Path.Combine(Folder, "secrets", name), text);

    public async Task SaveAsync(ExportDefinition export)
    {
        var isThere = Snapshots.Current.ById.ContainsKey(export.Id);
        var saved = isThere ? await Get<IExportStore>().UpdateAsync(export, Cancel) : await Get<IExportStore>().CreateAsync(export, Cancel);
        saved.ShouldBe(SaveResult.Saved);
        if (!isThere)
            await Get<IExportStore>().RecordCheckAsync(export.Id, export.ConditionalPut, Cancel);
        await Snapshots.RefreshAsync(Cancel);
    }

    /// <summary>The export as it is saved, which a change must start from.</summary>
    public ExportDefinition Current(ExportDefinition export) => Snapshots.Current.ById[export.Id];

    /// <summary>Commits the reports as one block and routes them, which seals what is full.</summary>
    public async Task SubmitAsync(IReadOnlyList<Report> reports)
    {
        using var packed = new MemoryStream();
        var marks = new List<ReportMark>();
        foreach (var report in reports)
        {
            report.WriteDelimitedTo(packed);
            marks.Add(new((int)packed.Length, report.ObservedAt.ToDateTimeOffset().ToUnixTimeMilliseconds()));
        }

        await Get<IBlockStore>().CommitAsync([new(null, [new(ReportSource.Gnss, packed.ToArray(), marks)])], Cancel);
        await Get<IRoutingStore>().RouteAsync(Snapshots.Current, 100, Cancel);
    }

    /// <summary>Takes away what delivered batches held.</summary>
    public async Task ReleaseAsync()
    {
        while (await Get<IRoutingStore>().ReleaseAsync(100, Cancel) > 0)
            Cancel.ThrowIfCancellationRequested();
    }

    public void Ring(ExportKind kind) => Get<DeliveryWakes>().Ring(kind);

    /// <summary>Time passes for the store.</summary>
    public Task PassAsync(TimeSpan time) => under.PassAsync(time, clock);

    public async Task<Books> BooksAsync(Guid export) => (await Queries.ReadBooksAsync(Cancel)).Single(book => book.ExportId == export);

    public static async Task EventuallyAsync(Func<Task<bool>> condition, Func<Task<string>> otherwise)
    {
        for (var begun = Stopwatch.GetTimestamp(); !await condition();)
        {
            if (Stopwatch.GetElapsedTime(begun) > Longest)
                Assert.Fail(await otherwise());
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        if (host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        await under.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static Dictionary<string, string?> SettingsOf(string folder) => new()
    {
        ["Exporter:AllowedHosts:0"] = "localhost",
        ["Exporter:AllowedHosts:1"] = "127.0.0.1",
        ["Exporter:SecretsFolder"] = Path.Combine(folder, "secrets"),
        ["Exporter:FileRoots:0"] = Path.Combine(folder, "files"),
        ["Delivery:Sweep"] = "00:00:00.05",
        ["Delivery:FirstBackOff"] = "00:00:00.005",
        ["Delivery:LongestBackOff"] = "00:00:00.02",
        ["Delivery:LongestPause"] = "00:00:00.02",
    };
}
