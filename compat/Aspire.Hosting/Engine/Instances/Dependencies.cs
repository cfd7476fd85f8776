using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Engine.Instances;

/// <summary>Waits for what an instance waits for.</summary>
internal sealed class Dependencies(ResourceNotificationService notifications)
{
    /// <exception cref="DistributedApplicationException">One of them did not come up, or did not end as it should.</exception>
    public async Task WaitAsync(ResourceInstance instance, CancellationToken cancel)
    {
        var waits = instance.Resource.Annotations.OfType<WaitAnnotation>().ToList();
        var pending = waits.ConvertAll(wait => wait.Resource.Name);
        Tell(instance, pending);
        await Task.WhenAll(waits.Select(async wait =>
        {
            await WaitAsync(instance, wait, cancel).ConfigureAwait(false);
            lock (pending)
            {
                pending.Remove(wait.Resource.Name);
                Tell(instance, pending);
            }
        })).ConfigureAwait(false);
    }

    private static void Tell(ResourceInstance instance, List<string> pending)
    {
        if (pending.Count > 0)
            instance.Enter(KnownResourceStates.Waiting, $"Waits for {string.Join(", ", pending.Distinct())}.");
    }

    private async Task WaitAsync(ResourceInstance instance, WaitAnnotation wait, CancellationToken cancel)
    {
        var name = wait.Resource.Name;
        var stops = wait.WaitBehavior != WaitBehavior.WaitOnResourceUnavailable;
        var last = await notifications.WaitForAllAsync(name, known => IsThere(known.Snapshot, wait) || (stops && HasEnded(known.Snapshot)), cancel).ConfigureAwait(false);
        if (!IsThere(last.Snapshot, wait) || (wait.WaitType == WaitType.WaitForCompletion && last.Snapshot.ExitCode != wait.ExitCode))
            throw new DistributedApplicationException($"'{instance.Resource.Name}' is not started, because '{name}', for which it waits, {HowItIs(last.Snapshot)}.");
    }

    private static bool IsThere(CustomResourceSnapshot snapshot, WaitAnnotation wait) => wait.WaitType switch
    {
        WaitType.WaitForCompletion => snapshot.State?.Text == KnownResourceStates.Finished || snapshot.State?.Text == KnownResourceStates.Exited,
        WaitType.WaitUntilStarted => snapshot.State?.Text == KnownResourceStates.Running,
        _ => snapshot.HealthStatus == HealthStatus.Healthy,
    };

    private static bool HasEnded(CustomResourceSnapshot snapshot) => KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text ?? "");

    private static string HowItIs(CustomResourceSnapshot snapshot) => snapshot.State?.Text == KnownResourceStates.FailedToStart
        ? "could not be started"
        : $"ended with exit code {snapshot.ExitCode}";
}
