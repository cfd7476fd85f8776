using Exporter.Delivery.Exports;
using Exporter.Delivery.Routing;
using Exporter.Delivery.Wakes;

namespace Exporter.Router.Routing;

/// <summary>Seals what has waited long enough. A stop never seals (rule S7).</summary>
internal sealed class SealingLoop(
    IRoutingStore store, ExportSnapshots exports, IDoorbell doorbell, TimeProvider clock, ILogger<SealingLoop> log) : BackgroundService
{
    private const int MaxBatches = 256;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isFailing = false;
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var kind in await store.SealRipeAsync(exports.Current, MaxBatches, stoppingToken))
                    doorbell.DeliverBatch(kind);
                isFailing = false;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (!isFailing)
                    RouterLog.SealingFailed(log, e);
                isFailing = true;
            }
        }
    }
}
