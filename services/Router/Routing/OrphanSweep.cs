using Exporter.Delivery.Queries;
using Exporter.Delivery.Telemetry;

namespace Exporter.Router.Routing;

/// <summary>
/// Looks now and then for blocks that stayed although no export needs them (rule C4). It deletes none: that there is one is a
/// fault of Exporter's, and whether its reports arrived is for a person to see.
/// </summary>
internal sealed class OrphanSweep : BackgroundService
{
    private const int MostBlocks = 256;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private readonly IDeliveryQueries queries;
    private readonly TimeProvider clock;
    private readonly ILogger<OrphanSweep> log;
    private volatile int found;

    public OrphanSweep(IDeliveryQueries queries, TimeProvider clock, ILogger<OrphanSweep> log)
    {
        (this.queries, this.clock, this.log) = (queries, clock, log);
        ExporterMeter.Meter.CreateObservableUpDownCounter(
            "exporter.store.orphans", () => found, "{block}", $"Blocks that no export needs, among the {MostBlocks} oldest.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await SweepAsync(stoppingToken);
    }

    /// <summary>Looks once; a new finding is logged.</summary>
    internal async Task SweepAsync(CancellationToken cancel)
    {
        try
        {
            var orphans = await queries.FindOrphansAsync(MostBlocks, cancel);
            if (orphans.Count > found)
                RouterLog.OrphansFound(log, orphans.Count, orphans[0]);
            found = orphans.Count;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            RouterLog.OrphansUnknown(log, e);
        }
    }
}
