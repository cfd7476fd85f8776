using System.Runtime.CompilerServices;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Tells how the resources are.</summary>
public class ResourceNotificationService
{
    private readonly Lock changing = new();
    private readonly Dictionary<string, (ResourceEvent Event, long Version)> current = [];
    private long version;
    private TaskCompletionSource changed = NewSignal();

    /// <summary>What happens, beginning with how every resource is now. Who is slow misses what was in between, never what is.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var seen = 0L;
        while (true)
        {
            ResourceEvent[] news;
            Task next;
            lock (changing)
            {
                news = [.. current.Values.Where(known => known.Version > seen).OrderBy(known => known.Version).Select(known => known.Event)];
                seen = version;
                next = changed.Task;
            }

            foreach (var item in news)
                yield return item;
            await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until every instance of a resource is in a state.</summary>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForAllAsync(resourceName, known => known.Snapshot.State?.Text == (targetState ?? KnownResourceStates.Running), cancellationToken);

    /// <summary>Waits until a resource is in one of some states; the state.</summary>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToHashSet();
        return (await WaitForResourceAsync(resourceName, known => states.Contains(known.Snapshot.State?.Text ?? ""), cancellationToken).ConfigureAwait(false)).Snapshot.State!.Text;
    }

    /// <summary>Waits until something is true of an instance of a resource.</summary>
    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        await foreach (var known in WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(known.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase) && predicate(known))
                return known;
        }

        throw new OperationCanceledException(cancellationToken);
    }

    /// <summary>Waits until every instance of a resource runs and is healthy.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForAllAsync(resourceName, known => known.Snapshot.HealthStatus == HealthStatus.Healthy, cancellationToken);

    /// <summary>How an instance is now.</summary>
    public bool TryGetCurrentState(string resourceId, out ResourceEvent? resourceEvent)
    {
        lock (changing)
        {
            resourceEvent = current.TryGetValue(resourceId, out var known) ? known.Event : null;
            return resourceEvent is not null;
        }
    }

    internal void Publish(ResourceEvent change)
    {
        TaskCompletionSource signal;
        lock (changing)
        {
            current[change.ResourceId] = (change, ++version);
            signal = changed;
            changed = NewSignal();
        }

        signal.SetResult();
    }

    internal IReadOnlyList<ResourceEvent> Current()
    {
        lock (changing)
            return [.. current.Values.Select(known => known.Event)];
    }

    internal async Task<ResourceEvent> WaitForAllAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken)
    {
        await foreach (var _ in WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            var instances = Current().Where(known => string.Equals(known.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase)).ToList();
            if (instances.Count > 0 && instances.TrueForAll(known => predicate(known)))
                return instances[^1];
        }

        throw new OperationCanceledException(cancellationToken);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
