using Exporter.Delivery.Routing;

namespace Exporter.Router.Routing;

/// <summary>Takes away what delivered batches held, a little at a time, so that nobody waits for it.</summary>
internal sealed class ReleaseLoop(IRoutingStore store, TimeProvider clock, ILogger<ReleaseLoop> log) : BackgroundService
{
    private const int MaxMembers = 32;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isFailing = false;
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await store.ReleaseAsync(MaxMembers, stoppingToken) > 0)
                    stoppingToken.ThrowIfCancellationRequested();
                isFailing = false;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (!isFailing)
                    RouterLog.ReleaseFailed(log, e);
                isFailing = true;
            }
        }
    }
}
