namespace Exporter.Oracle.Kills;

/// <summary>How one process dies.</summary>
/// <param name="Window">The failpoint, or null for a kill at a moment.</param>
/// <param name="Pass">Which pass through the failpoint.</param>
/// <param name="After">The moment, from the start of the process or, for a failpoint, the longest wait for it.</param>
/// <param name="IsAtStart">Whether the moment is counted from the launch, not from when it listens.</param>
internal sealed record KillOrder(string? Window, int Pass, TimeSpan After, bool IsAtStart = false);
