using System.Diagnostics.Metrics;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Exporter.Delivery.Telemetry;
using Exporter.Router.Routing;

namespace Exporter.Router.Telemetry;

/// <summary>What the store holds, read from the store itself, since a process's own counters die with it (rule C8).</summary>
internal sealed class StoreGauges : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private const int MaxQueues = 10_000;
    private readonly IDeliveryQueries queries;
    private readonly ExportSnapshots exports;
    private readonly TimeProvider clock;
    private readonly ILogger<StoreGauges> log;
    private volatile IReadOnlyList<Books> books = [];
    private volatile IReadOnlyList<QueueView> queues = [];
    private volatile IReadOnlyList<OldestBatch> oldest = [];
    private volatile StoreView? store;

    public StoreGauges(IDeliveryQueries queries, ExportSnapshots exports, TimeProvider clock, ILogger<StoreGauges> log)
    {
        (this.queries, this.exports, this.clock, this.log) = (queries, exports, clock, log);
        var meter = ExporterMeter.Meter;
        meter.CreateObservableUpDownCounter("exporter.queue.size", () => Each(book => book.Waiting + book.InFlight), "{report}", "Reports that wait or are in flight.");
        meter.CreateObservableGauge("exporter.queue.age", Ages, "s", "Age of the oldest unsealed report.");
        meter.CreateObservableGauge("exporter.batch.age", BatchAges, "s", "How long the oldest batch that is not delivered has been sealed.");
        meter.CreateObservableUpDownCounter("exporter.dead_letter.size", () => Each(book => book.Dead), "{report}", "Reports in the dead letters.");
        meter.CreateObservableGauge("exporter.config.revision", () => exports.Current.Revision, "1", "Revision of the exports in use.");
        meter.CreateObservableUpDownCounter("exporter.store.size", () => store?.StoreBytes ?? 0, "By", "Size of the database.");
        meter.CreateObservableUpDownCounter("exporter.store.wal.size", () => store?.WalBytes ?? 0, "By", "Size of the write-ahead log.");
        meter.CreateObservableUpDownCounter("exporter.queue.capacity", () => store?.FreeBytes ?? 0, "By", "Room on the store's disk.");
        meter.CreateObservableUpDownCounter("exporter.route.backlog", () => store?.UnroutedBlocks ?? 0, "{block}", "Blocks that wait for routing.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isFailing = false;
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                books = await queries.ReadBooksAsync(stoppingToken);
                queues = await queries.ListQueuesAsync(null, MaxQueues, stoppingToken);
                oldest = await queries.ListOldestBatchesAsync(stoppingToken);
                store = await queries.ReadStoreAsync(stoppingToken);
                isFailing = false;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (!isFailing)
                    RouterLog.StoreUnread(log, e);
                isFailing = true;
            }
        }
    }

    private IEnumerable<Measurement<long>> Each(Func<Books, long> value) =>
        books.Where(book => exports.Current.ById.ContainsKey(book.ExportId)).Select(book => new Measurement<long>(value(book), Export(book.ExportId)));

    private IEnumerable<Measurement<double>> Ages() => queues
        .Where(queue => exports.Current.ById.ContainsKey(queue.ExportId))
        .GroupBy(queue => queue.ExportId)
        .Select(group => new Measurement<double>((clock.GetUtcNow() - group.Min(queue => queue.OldestAt)).TotalSeconds, Export(group.Key)));

    // Every export has an age, 0 when nothing is owed, so that what scales by it also hears when to scale down.
    private IEnumerable<Measurement<double>> BatchAges()
    {
        var sealedAt = oldest.ToDictionary(batch => batch.ExportId, batch => batch.SealedAt);
        return exports.Current.ById.Values.Select(export => new Measurement<double>(
            sealedAt.TryGetValue(export.Id, out var at) ? Math.Max(0, (clock.GetUtcNow() - at).TotalSeconds) : 0,
            Export(export.Id), new("exporter.export.kind", ExportKindWord.Of(export.Kind))));
    }

    private KeyValuePair<string, object?> Export(Guid id) => new("exporter.export.name", exports.Current.ById[id].Name);
}
