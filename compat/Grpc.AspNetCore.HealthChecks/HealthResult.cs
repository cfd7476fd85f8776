using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>The result of a health check, for a predicate that chooses those of a service.</summary>
[Obsolete($"Choose checks by {nameof(HealthCheckMapContext)} instead.")]
public sealed class HealthResult(
    string name,
    IEnumerable<string> tags,
    HealthStatus status,
    string? description,
    TimeSpan duration,
    Exception? exception,
    IReadOnlyDictionary<string, object> data)
{
    /// <summary>The check's name.</summary>
    public string Name { get; } = name;

    /// <summary>The check's tags.</summary>
    public IEnumerable<string> Tags { get; } = tags;

    /// <summary>What the check found.</summary>
    public HealthStatus Status { get; } = status;

    /// <summary>What the check says of it.</summary>
    public string? Description { get; } = description;

    /// <summary>How long the check took.</summary>
    public TimeSpan Duration { get; } = duration;

    /// <summary>What the check threw.</summary>
    public Exception? Exception { get; } = exception;

    /// <summary>What the check gives beside.</summary>
    public IReadOnlyDictionary<string, object> Data { get; } = data;

    internal static HealthResult Of(string name, HealthReportEntry entry) =>
        new(name, entry.Tags, entry.Status, entry.Description, entry.Duration, entry.Exception, entry.Data);
}
