using DotNet.Testcontainers.Containers;

namespace DotNet.Testcontainers.Configurations;

/// <summary>Waits for something: every second, for at most an hour, while the container runs, unless it is told otherwise.</summary>
public class WaitStrategy(IWaitUntil waitUntil) : IWaitStrategy
{
    /// <summary>Whether the container must run all the while.</summary>
    public WaitStrategyMode Mode { get; private set; } = WaitStrategyMode.Running;

    /// <summary>How many tries there are; 0 has no bound.</summary>
    public ushort Retries { get; private set; }

    /// <summary>The time between tries.</summary>
    public TimeSpan Interval { get; private set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest time.</summary>
    public TimeSpan Timeout { get; private set; } = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public IWaitStrategy WithMode(WaitStrategyMode mode)
    {
        Mode = mode;
        return this;
    }

    /// <inheritdoc />
    public IWaitStrategy WithRetries(ushort retries)
    {
        Retries = retries;
        return this;
    }

    /// <inheritdoc />
    public IWaitStrategy WithInterval(TimeSpan interval)
    {
        Interval = interval;
        return this;
    }

    /// <inheritdoc />
    public IWaitStrategy WithTimeout(TimeSpan timeout)
    {
        Timeout = timeout;
        return this;
    }

    internal async Task WaitAsync(DockerContainer container, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        for (var tries = 1; !await waitUntil.UntilAsync(container).ConfigureAwait(false); tries++)
        {
            if (Mode == WaitStrategyMode.Running)
                await container.MustRunAsync(cancel).ConfigureAwait(false);
            if (Retries > 0 && tries > Retries)
                throw new RetryLimitExceededException($"Container '{container.Name}' was not ready after {Retries} retries.");
            if (TimeProvider.System.GetElapsedTime(begun) > Timeout)
                throw new TimeoutException($"Container '{container.Name}' was not ready in {Timeout}.");
            await Task.Delay(Interval, TimeProvider.System, cancel).ConfigureAwait(false);
        }
    }
}
