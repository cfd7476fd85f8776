using Exporter.Delivery.Batches;

namespace Exporter.Delivery.Sending;

/// <summary>
/// Keeps a destination that is at fault from being tried by every batch (rule C2): the state after faults in a row. No faults,
/// no circuit. It stands in the store, so that all instances share it; what an outcome makes of it is decided here.
/// </summary>
/// <param name="IsOpen">Whether only probes are sent.</param>
/// <param name="Faults">Faults in a row, from 1.</param>
/// <param name="Since">When the first of them was recorded.</param>
/// <param name="PausedUntil">Until when nothing is sent.</param>
/// <param name="ErrorType">Of the last fault.</param>
/// <param name="ErrorDetail">Of the last fault.</param>
public sealed record Circuit(bool IsOpen, int Faults, DateTimeOffset Since, DateTimeOffset PausedUntil, string ErrorType, string ErrorDetail)
{
    private const int ProbesOfOne = 4;

    /// <summary>The most batches that a probe passes by.</summary>
    public const int FurthestBack = 16;

    /// <summary>
    /// How many batches in order a probe passes by: mostly none, with every fourth fault some, so that a batch that the
    /// destination fails on, while it takes all others, can't keep it from being found well.
    /// </summary>
    public int ProbeSkip => IsOpen && Faults % ProbesOfOne == 0 ? 1 + (Faults / ProbesOfOne % FurthestBack) : 0;

    /// <summary>What an outcome makes of a circuit; null is closed without faults.</summary>
    /// <param name="before">As it stood.</param>
    /// <param name="outcome">What was recorded.</param>
    /// <param name="terms">When it opens, and for how long.</param>
    /// <param name="now">By the store's clock.</param>
    public static Circuit? After(Circuit? before, Outcome outcome, CircuitTerms terms, DateTimeOffset now)
    {
        if (outcome is not Outcome.Deferred { Fault: FaultOf.Destination or FaultOf.SetUp } deferred)
            return null;

        // What was under way when the pause began says nothing new: it must not make the next pause longer.
        if (before is not null && now < before.PausedUntil)
            return before with { IsOpen = before.IsOpen || deferred.Fault == FaultOf.SetUp, ErrorType = deferred.ErrorType, ErrorDetail = deferred.Detail };

        var faults = (before?.Faults ?? 0) + 1;
        var isOpen = before is { IsOpen: true } || deferred.Fault == FaultOf.SetUp || faults >= terms.FaultsToOpen;
        var pause = deferred.After ?? (isOpen ? new BackOff(terms.FirstPause, terms.LongestPause, () => terms.Chance).After(faults) : TimeSpan.Zero);
        return new(isOpen, faults, before?.Since ?? now, now + pause, deferred.ErrorType, deferred.Detail);
    }

    /// <summary>Whether it opened or closed between two states.</summary>
    public static CircuitChange Change(Circuit? before, Circuit? after) => (before is { IsOpen: true }, after is { IsOpen: true }) switch
    {
        (false, true) => CircuitChange.Opened,
        (true, false) => CircuitChange.Closed,
        _ => CircuitChange.None,
    };
}
