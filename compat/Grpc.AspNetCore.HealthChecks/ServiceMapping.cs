using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Says which health checks decide whether a service serves.</summary>
public sealed class ServiceMapping
{
    /// <summary>Chooses by the checks' results.</summary>
    [Obsolete($"Choose checks by {nameof(HealthCheckMapContext)} instead.")]
    public ServiceMapping(string name, Func<HealthResult, bool> predicate)
    {
        Name = name;
        Predicate = predicate;
    }

    /// <summary>Chooses by the checks' names and tags.</summary>
    public ServiceMapping(string name, Func<HealthCheckMapContext, bool> predicate)
    {
        Name = name;
        HealthCheckPredicate = predicate;
    }

    /// <summary>The service's name; empty for the server as a whole.</summary>
    public string Name { get; }

    /// <summary>Chooses by the checks' names and tags.</summary>
    public Func<HealthCheckMapContext, bool>? HealthCheckPredicate { get; }

    /// <summary>Chooses by the checks' results.</summary>
    [Obsolete($"Choose checks by {nameof(HealthCheckPredicate)} instead.")]
    public Func<HealthResult, bool>? Predicate { get; }

    internal bool Takes(string name, IEnumerable<string> tags) => HealthCheckPredicate?.Invoke(new(name, tags)) ?? true;

#pragma warning disable CS0618 // The obsolete way still holds.
    internal bool Takes(string name, HealthReportEntry entry) =>
        Takes(name, entry.Tags) && (Predicate?.Invoke(HealthResult.Of(name, entry)) ?? true);
#pragma warning restore CS0618
}
