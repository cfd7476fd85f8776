namespace Exporter.Delivery.Wakes;

/// <summary>Wakes one waiting loop; rings while it is busy are remembered as one.</summary>
public sealed class WakeSignal : IDisposable
{
    private readonly SemaphoreSlim rung = new(0, 1);
    private int pending;

    /// <summary>Wakes the loop, now or when it waits next. Any thread; never blocks.</summary>
    public void Ring()
    {
        if (Interlocked.Exchange(ref pending, 1) == 0)
            rung.Release();
    }

    /// <summary>Waits for a ring, or until the time is over (the sweep that finds what a lost doorbell would have told).</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            await rung.WaitAsync(either.Token);
            Interlocked.Exchange(ref pending, 0);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The sweep's time has come.
        }
    }

    /// <inheritdoc />
    public void Dispose() => rung.Dispose();
}
