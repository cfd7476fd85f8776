using Exporter.Delivery.Keys;

namespace Exporter.Ingest.Limits;

/// <summary>Keeps the request counts over a restart: reads them at the start, saves them every few seconds and at the stop.</summary>
internal sealed class LimitSaver(ProcessLimitCounter counter, ILimitStore store, TimeProvider clock, ILogger<LimitSaver> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private bool fails;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            counter.Add(await store.LoadAsync(counter.Date, cancellationToken));
            counter.Take(all: false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.CountsNotRead(logger, e);
        }

        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SaveAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await SaveAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is saved by StopAsync.
        }
    }

    private async Task SaveAsync(CancellationToken cancel)
    {
        var changed = counter.Take(all: fails);
        if (changed.Count == 0)
            return;

        try
        {
            await store.SaveAsync(changed, cancel);
            fails = false;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            if (!fails)
                Log.CountsNotSaved(logger, e);
            fails = true;
        }
    }
}
