using System.Collections.Concurrent;
using Aspire.Hosting.Engine.Logs;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The console lines of the resources: the last 2,000 of each instance, secrets masked.</summary>
public class ResourceLoggerService
{
    private readonly ConcurrentDictionary<string, ResourceLog> logs = new();
    private readonly Secrets secrets;

    internal ResourceLoggerService(Secrets secrets) => this.secrets = secrets;

    /// <summary>The lines that are kept and those that come.</summary>
    /// <param name="resourceName">The id of an instance, as <see cref="ResourceEvent.ResourceId"/> tells.</param>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => new Watch(Of(resourceName));

    internal ResourceLog Of(string instance) => logs.GetOrAdd(instance, _ => new(secrets));

    internal ResourceLog? Find(string instance) => logs.GetValueOrDefault(instance);

    private sealed class Watch(ResourceLog log) : IAsyncEnumerable<IReadOnlyList<LogLine>>
    {
        public IAsyncEnumerator<IReadOnlyList<LogLine>> GetAsyncEnumerator(CancellationToken cancellationToken) =>
            log.WatchAsync(0, cancellationToken).GetAsyncEnumerator(cancellationToken);
    }
}
