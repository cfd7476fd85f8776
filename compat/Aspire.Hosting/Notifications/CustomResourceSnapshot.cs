using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a resource is at a moment.</summary>
public sealed record CustomResourceSnapshot
{
    /// <summary>What it is: <c>Project</c>, <c>Container</c>, <c>Executable</c>, …</summary>
    public required string ResourceType { get; init; }

    /// <summary>Its state.</summary>
    public ResourceStateSnapshot? State { get; init; }

    /// <summary>How it ended; null unless it did.</summary>
    public int? ExitCode { get; init; }

    /// <summary>When it was started last.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>When it ended last.</summary>
    public DateTime? StopTimeStamp { get; init; }

    /// <summary>Its variables.</summary>
    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    /// <summary>Where it listens.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>What its health checks said.</summary>
    public ImmutableArray<HealthReportSnapshot> HealthReports { get; init; } = [];

    /// <summary>The worst that its health checks said; null before they did, and unless it runs.</summary>
    public HealthStatus? HealthStatus => State?.Text != KnownResourceStates.Running || HealthReports.Any(report => report.Status is null)
        ? null
        : HealthReports.Select(report => report.Status!.Value).Append(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy).Min();

    /// <summary>A sentence to the state: what it waits for, why it failed.</summary>
    internal string? Detail { get; init; }

    /// <summary>How often it was started again.</summary>
    internal int Restarts { get; init; }

    /// <summary>What runs: a process id, or a container's name.</summary>
    internal string? Runs { get; init; }
}
