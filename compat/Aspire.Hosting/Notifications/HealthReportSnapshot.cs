using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a health check said.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Status">Null before it ran.</param>
/// <param name="Description">What it found.</param>
/// <param name="ExceptionText">The fault that it met.</param>
public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText);
