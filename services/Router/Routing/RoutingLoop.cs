using System.Diagnostics;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Routing;
using Exporter.Delivery.Telemetry;
using Exporter.Delivery.Wakes;
using Exporter.Router.Telemetry;

namespace Exporter.Router.Routing;

/// <summary>Routes blocks when a doorbell rings, and at the sweep when one was lost.</summary>
internal sealed class RoutingLoop(
    IRoutingStore store, ExportSnapshots exports, RoutingWake wake, IDoorbell doorbell, TimeProvider clock, ILogger<RoutingLoop> log) : BackgroundService
{
    private const int MaxBlocks = 128;
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isFailing = false;
        while (true)
        {
            try
            {
                await RouteAllAsync(stoppingToken);
                isFailing = false;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (!isFailing)
                    RouterLog.RoutingFailed(log, e);
                isFailing = true;
            }

            await wake.Signal.WaitAsync(Sweep, clock, stoppingToken);
        }
    }

    private async Task RouteAllAsync(CancellationToken cancel)
    {
        RouteResult result;
        ExportSnapshot snapshot;
        do
        {
            cancel.ThrowIfCancellationRequested();
            snapshot = exports.Current;
            var began = clock.GetUtcNow();
            result = await store.RouteAsync(snapshot, MaxBlocks, cancel);
            if (result.IsStale)
                await exports.RefreshAsync(cancel);
            Trace(result, began);
            RouterMetrics.Routed(result.Reports);
            foreach (var kind in result.Sealed)
                doorbell.DeliverBatch(kind);
        }
        while (result.Blocks == MaxBlocks || exports.Current != snapshot);
    }

    private static void Trace(RouteResult result, DateTimeOffset began)
    {
        if (result.Blocks == 0)
            return;

        using var activity = ExporterMeter.Activities.StartActivity("route reports", ActivityKind.Consumer, default(ActivityContext), startTime: began);
        activity?.SetTag("exporter.route.blocks", result.Blocks).SetTag("exporter.route.reports", result.Reports.Values.Sum());
    }
}
