using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exporter.Delivery.Sending;

/// <summary>
/// Degraded while an export of this process waits for its destination, by the circuits in the store. What went wrong there is left
/// to operators, since anybody may ask for health.
/// </summary>
internal sealed class DestinationHealth(IDeliveryQueries queries, ExportSnapshots exports, IEnumerable<IBatchSenderFactory> factories) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var kinds = factories.Select(factory => factory.Kind).ToHashSet();
        var sentences = (from circuit in await queries.ReadCircuitsAsync(cancellationToken)
                         where circuit.IsOpen && exports.Current.ById.TryGetValue(circuit.ExportId, out var export) && export.IsEnabled && kinds.Contains(export.Kind)
                         let name = exports.Current.ById[circuit.ExportId].Name
                         select $"Export '{name}' waits for its destination ({circuit.ErrorType}). See 'exporter exports check {name}'.").ToList();
        return sentences.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join(' ', sentences));
    }
}
