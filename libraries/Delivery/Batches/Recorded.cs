namespace Exporter.Delivery.Batches;

/// <summary>How the store is to take an outcome.</summary>
/// <param name="DueIn">Back-off of a batch that is deferred for its own fault.</param>
/// <param name="Retain">How long the blocks of a delivered batch are kept.</param>
/// <param name="Circuit">What the outcome means for the export's circuit.</param>
public sealed record RecordTerms(TimeSpan DueIn, TimeSpan Retain, CircuitTerms Circuit);

/// <summary>
/// When a destination's faults open its circuit, and for how long it is then left alone: exponential with full jitter, doubling
/// with each fault from the opening one on.
/// </summary>
/// <param name="FaultsToOpen">Consecutive faults that open it; a fault that stays until somebody mends it does so at once.</param>
/// <param name="FirstPause">Cap of the first pause.</param>
/// <param name="LongestPause">The largest cap. A destination's own wish wins over both.</param>
/// <param name="Chance">Uniform from 0 to 1: the share of the cap that is taken.</param>
public sealed record CircuitTerms(int FaultsToOpen, TimeSpan FirstPause, TimeSpan LongestPause, double Chance);

/// <summary>That an outcome was recorded.</summary>
/// <param name="Reports">Reports that it was about: those of the batch that no part had settled before.</param>
/// <param name="Circuit">What became of the export's circuit in the same transaction.</param>
public sealed record Recorded(long Reports, CircuitChange Circuit);

/// <summary>What an outcome did to a circuit.</summary>
public enum CircuitChange
{
    /// <summary>Nothing: it stays open or closed.</summary>
    None,

    /// <summary>It was closed, and is open.</summary>
    Opened,

    /// <summary>It was open, and is closed.</summary>
    Closed,
}
