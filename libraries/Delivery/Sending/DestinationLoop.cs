using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Wakes;
using Microsoft.Extensions.Logging;

namespace Exporter.Delivery.Sending;

/// <summary>Claims and delivers the batches of one export: its own queue, concurrency and circuit (rules C1 to C3).</summary>
internal sealed class DestinationLoop(
    Guid exportId,
    IBatchSenderFactory factory,
    IBatchStore store,
    ExportSnapshots exports,
    DestinationFaults faults,
    WakeSignal wake,
    DeliveryOptions options,
    Func<double> chance,
    TimeProvider clock,
    ILogger log)
{
    private readonly BackOff backOff = new(options.FirstBackOff, options.LongestBackOff, chance);
    private readonly Circuit circuit = new(new BackOff(options.FirstBackOff, options.LongestPause, chance), clock);
    private readonly List<Task> running = [];
    private bool isStoreFailing;

    public async Task RunAsync(CancellationToken stop)
    {
        var name = exports.Current.ById.GetValueOrDefault(exportId)?.Name ?? "";
        DeliveryMetrics.CircuitMade(name, 1);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                running.RemoveAll(attempt => attempt.IsCompleted);
                var wait = await StartDueAsync(stop);
                await wake.WaitAsync(wait, clock, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Attempts that run see the stop themselves and release their claims (rule S7).
        }

        await Task.WhenAll(running);
        faults.Remove(exportId);
        DeliveryMetrics.CircuitMade(name, -1);
    }

    /// <summary>Starts what is due and allowed; returns how long to wait for a ring before looking again.</summary>
    private async Task<TimeSpan> StartDueAsync(CancellationToken stop)
    {
        try
        {
            while (exports.Current.ById.TryGetValue(exportId, out var export) && running.Count < circuit.Allowed(export.Settings.Concurrency))
            {
                var claim = await store.ClaimAsync(exportId, export.Settings.Concurrency, options.Lease, options.FirstBackOff, stop);
                if (claim is null)
                    break;

                var attempt = new AttemptRun(claim, export, factory, store, backOff, options, clock, log);
                running.Add(Task.Run(() => RunAsync(attempt, export, stop), CancellationToken.None));
            }

            isStoreFailing = false;
            var due = await store.NextDueInAsync(exportId, stop) ?? options.Sweep;
            return Clamp(circuit.IsOpen ? circuit.Pause : due);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (!isStoreFailing)
                DeliveryLog.StoreFailed(log, e);
            isStoreFailing = true;
            return options.Sweep;
        }
    }

    private async Task RunAsync(AttemptRun attempt, ExportDefinition export, CancellationToken stop)
    {
        var outcome = await attempt.RunAsync(stop);
        if (outcome is Outcome.Deferred { Fault: FaultOf.Destination } deferred)
        {
            faults.Add(exportId, new(export.Name, deferred.ErrorType, deferred.Detail, clock.GetUtcNow()));
            if (circuit.Fail(deferred.After))
            {
                DeliveryMetrics.CircuitChanged(export.Name, isOpen: true);
                DeliveryLog.CircuitOpened(log, export.Name, deferred.ErrorType, deferred.Detail);
            }
        }
        else if (outcome is not null && circuit.Succeed())
        {
            faults.Remove(exportId);
            DeliveryMetrics.CircuitChanged(export.Name, isOpen: false);
            DeliveryLog.CircuitClosed(log, export.Name);
        }

        wake.Ring();
    }

    private TimeSpan Clamp(TimeSpan wait)
    {
        var least = TimeSpan.FromMilliseconds(20);
        return wait < least ? least : wait > options.Sweep ? options.Sweep : wait;
    }
}
