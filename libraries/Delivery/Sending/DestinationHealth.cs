using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exporter.Delivery.Sending;

/// <summary>Degraded while an export waits for its destination. What went wrong there is left to operators, since anybody may ask for health.</summary>
internal sealed class DestinationHealth(DestinationFaults faults) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var sentences = faults.Current.Select(fault =>
            $"Export '{fault.ExportName}' waits for its destination ({fault.ErrorType}). See 'exporter exports check {fault.ExportName}'.").ToArray();
        return Task.FromResult(sentences.Length == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join(' ', sentences)));
    }
}
