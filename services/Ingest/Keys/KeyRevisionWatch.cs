using Exporter.Delivery.Keys;

namespace Exporter.Ingest.Keys;

/// <summary>Looks every two seconds whether API keys changed, so that a change is seen within five (rule I4).</summary>
internal sealed class KeyRevisionWatch(
    IApiKeyStore store, KeyCache cache, TimeProvider clock, ILogger<KeyRevisionWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private long? revision;
    private bool readsFail;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        try
        {
            var now = await store.ReadRevisionAsync(cancel);
            if (revision is { } known && known != now)
                cache.Clear();
            (revision, readsFail) = (now, false);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            if (!readsFail)
                Log.RevisionUnknown(logger, e);
            readsFail = true;
        }
    }
}
