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
    private static readonly string[] CircuitStates = ["closed", "open"];
    private readonly IDeliveryQueries queries;
    private readonly ExportSnapshots exports;
    private readonly TimeProvider clock;
    private readonly ILogger<StoreGauges> log;
    private volatile Reading? last;

    public StoreGauges(IDeliveryQueries queries, ExportSnapshots exports, TimeProvider clock, ILogger<StoreGauges> log)
    {
        (this.queries, this.exports, this.clock, this.log) = (queries, exports, clock, log);
        var meter = ExporterMeter.Meter;
        meter.CreateObservableUpDownCounter("exporter.book.size", BookEntries, "{report}", "Reports in the books, by entry: routed is the sum of the others.");
        meter.CreateObservableUpDownCounter("exporter.queue.size", () => Each(book => book.Waiting + book.InFlight), "{report}", "Reports that wait or are in flight.");
        meter.CreateObservableGauge("exporter.queue.age", Ages, "s", "Age of the oldest report that is not delivered.");
        meter.CreateObservableUpDownCounter("exporter.dead_letter.size", () => Each(book => book.Dead), "{report}", "Reports in the dead letters.");
        meter.CreateObservableUpDownCounter("exporter.circuit.status", Circuits, "1", "1 for the state that the circuit of an enabled export is in.");
        meter.CreateObservableUpDownCounter("exporter.export.paused", Pauses, "1", "1 for an enabled export that is paused.");
        meter.CreateObservableGauge("exporter.config.revision", () => exports.Current.Revision, "1", "Revision of the exports in use.");
        meter.CreateObservableUpDownCounter("exporter.store.size", () => last?.Store.StoreBytes ?? 0, "By", "Size of the database.");
        meter.CreateObservableUpDownCounter("exporter.store.wal.size", () => last?.Store.WalBytes ?? 0, "By", "Size of the write-ahead log.");
        meter.CreateObservableUpDownCounter("exporter.queue.capacity", () => last?.Store.FreeBytes ?? 0, "By", "Room on the store's disk.");
        meter.CreateObservableUpDownCounter("exporter.route.backlog", () => last?.Store.UnroutedBlocks ?? 0, "{block}", "Blocks that wait for routing.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isFailing = false;
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                last = await ReadAsync(stoppingToken);
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

    private async Task<Reading> ReadAsync(CancellationToken cancel) => new(
        await queries.ReadBooksAsync(cancel),
        await queries.ReadQueueAgesAsync(cancel),
        (await queries.ReadCircuitsAsync(cancel)).Where(circuit => circuit.IsOpen).Select(circuit => circuit.ExportId).ToHashSet(),
        await queries.ReadStoreAsync(cancel));

    private IEnumerable<Measurement<long>> Each(Func<Books, long> value) =>
        from book in last?.Books ?? []
        from export in Find(book.ExportId)
        select new Measurement<long>(value(book), Export(export));

    private IEnumerable<Measurement<long>> BookEntries() =>
        from book in last?.Books ?? []
        from export in Find(book.ExportId)
        from entry in new (string Name, long Reports)[]
        {
            ("routed", book.Routed), ("delivered", book.Delivered), ("waiting", book.Waiting), ("in_flight", book.InFlight),
            ("dead", book.Dead), ("discarded", book.Discarded),
        }
        select new Measurement<long>(entry.Reports, Export(export), new("exporter.book.entry", entry.Name));

    private IEnumerable<Measurement<double>> Ages() =>
        from queue in last?.Ages ?? []
        from export in Find(queue.ExportId)
        select new Measurement<double>((clock.GetUtcNow() - queue.OldestAt).TotalSeconds, Export(export));

    private IEnumerable<Measurement<long>> Circuits() =>
        last is not { } reading
            ? []
            : from export in exports.Current.Enabled
              from state in CircuitStates
              select new Measurement<long>(
                  reading.Open.Contains(export.Id) == (state == "open") ? 1 : 0, Export(export), new("exporter.circuit.state", state));

    private IEnumerable<Measurement<long>> Pauses() =>
        exports.Current.Enabled.Select(export => new Measurement<long>(export.IsPaused ? 1 : 0, Export(export)));

    // None when it was deleted since the reading.
    private IEnumerable<ExportDefinition> Find(Guid id) => exports.Current.ById.TryGetValue(id, out var export) ? [export] : [];

    private static KeyValuePair<string, object?> Export(ExportDefinition export) => new("exporter.export.name", export.Name);

    private sealed record Reading(IReadOnlyList<Books> Books, IReadOnlyList<QueueAge> Ages, IReadOnlySet<Guid> Open, StoreView Store);
}
