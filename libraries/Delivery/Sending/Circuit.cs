namespace Exporter.Delivery.Sending;

/// <summary>
/// Keeps a destination that is at fault from being tried by every batch: while it is open one probe is let through after
/// each pause, and the batches keep their order (rule C2). Used by one loop at a time.
/// </summary>
public sealed class Circuit(BackOff pauses, TimeProvider clock)
{
    private int failures;
    private DateTimeOffset openUntil;

    /// <summary>Whether the destination was at fault the last time.</summary>
    public bool IsOpen => failures > 0;

    /// <summary>How many attempts may run beside those that do; an open circuit lets one through after its pause.</summary>
    public int Allowed(int concurrency)
    {
        if (!IsOpen)
            return concurrency;
        return clock.GetUtcNow() >= openUntil ? 1 : 0;
    }

    /// <summary>What is left of the pause.</summary>
    public TimeSpan Pause
    {
        get
        {
            var left = openUntil - clock.GetUtcNow();
            return IsOpen && left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>The destination answered: closes. Returns whether it was open.</summary>
    public bool Succeed()
    {
        var wasOpen = IsOpen;
        failures = 0;
        return wasOpen;
    }

    /// <summary>The destination was at fault: opens, or stays open for longer. Returns whether it was closed.</summary>
    /// <param name="after">The destination's own wish, which wins over the back-off.</param>
    public bool Fail(TimeSpan? after)
    {
        failures++;
        openUntil = clock.GetUtcNow() + (after ?? pauses.After(failures));
        return failures == 1;
    }
}
