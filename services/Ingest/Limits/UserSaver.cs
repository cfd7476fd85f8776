using Exporter.Delivery.Keys;

namespace Exporter.Ingest.Limits;

/// <summary>Keeps the estimates of users over a restart: reads them at the start, saves them every minute and at the stop.</summary>
internal sealed class UserSaver(ProcessUserCounter counter, IUserStore store, TimeProvider clock, ILogger<UserSaver> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private bool fails;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            counter.Add(await store.LoadAsync(counter.FirstDay, cancellationToken));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.UsersNotRead(logger, e);
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
            await store.SaveAsync(changed, counter.FirstDay, cancel);
            fails = false;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            if (!fails)
                Log.UsersNotSaved(logger, e);
            fails = true;
        }
    }
}
