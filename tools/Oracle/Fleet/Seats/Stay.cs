using Exporter.Oracle.Kills;
using Exporter.TestKit.Processes;

namespace Exporter.Oracle.Fleet.Seats;

/// <summary>One process at a seat, from its start to its end.</summary>
/// <param name="Process">The process.</param>
/// <param name="Order">The failpoint that it was started with, or null.</param>
internal sealed record Stay(ServiceProcess Process, KillOrder? Order)
{
    private volatile bool isKilled;
    private volatile bool isStopped;

    /// <summary>Whether its own failpoint ended it.</summary>
    public bool IsHit => Process.Ended.IsCompleted && !isKilled && Order is not null && Process.Ended.Result == Signals.KilledExitCode;

    /// <summary>Whether it ended as it had to.</summary>
    public bool EndedWell => Process.Ended.Result == (isStopped && !isKilled ? 0 : Signals.KilledExitCode) && (isKilled || isStopped || Order is not null);

    public Task KillAsync()
    {
        isKilled = !Process.Ended.IsCompleted;
        return Process.KillAsync();
    }

    /// <exception cref="TimeoutException">It did not end.</exception>
    public Task StopAsync(TimeSpan longest)
    {
        isStopped = true;
        return Process.StopAsync(longest);
    }
}
