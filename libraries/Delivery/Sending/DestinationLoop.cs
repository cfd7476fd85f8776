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
    WakeSignal wake,
    DeliveryOptions options,
    Func<double> chance,
    TimeProvider clock,
    ILogger log)
{
    private readonly List<Task> running = [];
    private bool isStoreFailing;

    public async Task RunAsync(CancellationToken stop)
    {
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
    }

    /// <summary>Starts what is due and allowed; returns how long to wait for a ring before looking again.</summary>
    private async Task<TimeSpan> StartDueAsync(CancellationToken stop)
    {
        try
        {
            while (exports.Current.ById.TryGetValue(exportId, out var export) && running.Count < export.Settings.Concurrency)
            {
                var claim = await store.ClaimAsync(
                    exportId, export.Settings.Concurrency, options.Lease, export.Settings.FirstBackOff ?? options.FirstBackOff, stop);
                if (claim is null)
                {
                    isStoreFailing = false;
                    return await UntilDueAsync(stop);
                }

                var attempt = new AttemptRun(claim, export, factory, store, options, chance, clock, log);
                running.Add(Task.Run(() => RunAsync(attempt, stop), CancellationToken.None));
            }

            return options.Sweep; // an attempt that ends rings
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (!isStoreFailing)
                DeliveryLog.StoreFailed(log, e);
            isStoreFailing = true;
            return options.Sweep;
        }
    }

    /// <summary>What is due and was not given is in flight elsewhere, or held back by a probe: for that a sweep is soon enough.</summary>
    private async Task<TimeSpan> UntilDueAsync(CancellationToken stop) =>
        await store.NextDueInAsync(exportId, stop) is { } due && due > TimeSpan.Zero ? Clamp(due) : options.Sweep;

    private async Task RunAsync(AttemptRun attempt, CancellationToken stop)
    {
        await attempt.RunAsync(stop);
        wake.Ring();
    }

    private TimeSpan Clamp(TimeSpan wait)
    {
        var least = TimeSpan.FromMilliseconds(20);
        return wait < least ? least : wait > options.Sweep ? options.Sweep : wait;
    }
}
