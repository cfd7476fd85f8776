namespace DotNet.Testcontainers.Configurations;

/// <summary>How something is waited for.</summary>
public interface IWaitStrategy
{
    /// <summary>Says whether the container must run all the while.</summary>
    IWaitStrategy WithMode(WaitStrategyMode mode);

    /// <summary>Gives up after so many tries; 0 never does.</summary>
    IWaitStrategy WithRetries(ushort retries);

    /// <summary>Sets the time between tries.</summary>
    IWaitStrategy WithInterval(TimeSpan interval);

    /// <summary>Gives up after a time.</summary>
    IWaitStrategy WithTimeout(TimeSpan timeout);
}
