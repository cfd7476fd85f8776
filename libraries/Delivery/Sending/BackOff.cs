namespace Exporter.Delivery.Sending;

/// <summary>Exponential back-off with full jitter: uniform between zero and the cap of the attempt.</summary>
/// <param name="first">Cap of the first attempt; it doubles with each one.</param>
/// <param name="longest">The largest cap.</param>
/// <param name="chance">Uniform from 0 to 1.</param>
public sealed class BackOff(TimeSpan first, TimeSpan longest, Func<double> chance)
{
    private const int MostDoublings = 30;

    /// <summary>The wait after an attempt.</summary>
    /// <param name="attempt">From 1.</param>
    public TimeSpan After(int attempt) => CapOf(attempt) * chance();

    /// <summary>The longest wait after an attempt.</summary>
    /// <param name="attempt">From 1.</param>
    public TimeSpan CapOf(int attempt)
    {
        var cap = first * Math.Pow(2, Math.Clamp(attempt - 1, 0, MostDoublings));
        return cap < longest ? cap : longest;
    }
}
