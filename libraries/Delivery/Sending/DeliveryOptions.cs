namespace Exporter.Delivery.Sending;

/// <summary>How batches are tried.</summary>
public sealed record DeliveryOptions
{
    /// <summary>How long a claim holds without being renewed.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>An attempt in which nothing moves for this long is ended.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>An attempt that takes this long is ended.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The first back-off of a batch; it doubles with each attempt.</summary>
    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest back-off of a batch.</summary>
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A destination's faults in a row that open its circuit.</summary>
    public int FaultsToOpen { get; init; } = 3;

    /// <summary>The longest pause of an open circuit.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often due batches are looked for without a doorbell.</summary>
    public TimeSpan Sweep { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Every fault, as a sentence.</summary>
    public IEnumerable<string> Problems(string key)
    {
        foreach (var (name, value) in new[]
                 {
                     (nameof(Lease), Lease), (nameof(StallTimeout), StallTimeout), (nameof(AttemptTimeout), AttemptTimeout),
                     (nameof(FirstBackOff), FirstBackOff), (nameof(LongestPause), LongestPause), (nameof(Sweep), Sweep),
                 })
        {
            if (value <= TimeSpan.Zero)
                yield return $"'{key}:{name}' must be longer than zero, found {value}.";
        }

        if (FaultsToOpen < 1)
            yield return $"'{key}:FaultsToOpen' must be at least 1, found {FaultsToOpen}.";

        if (LongestBackOff < FirstBackOff)
            yield return $"'{key}:LongestBackOff' must not be shorter than FirstBackOff ({FirstBackOff}), found {LongestBackOff}.";
    }
}
