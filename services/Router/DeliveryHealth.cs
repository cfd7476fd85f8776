using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exporter.Router;

/// <summary>Whether reports find a way out: fails with the store, degraded when an operator should look (rules B6, C7).</summary>
internal sealed class DeliveryHealth(IDeliveryQueries queries, IBlockStore blocks, ExportSnapshots exports) : IHealthCheck
{
    private const double NearlyFull = 0.8;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var books = (await queries.ReadBooksAsync(cancellationToken)).ToDictionary(book => book.ExportId);
        var problems = new List<string>();
        if (blocks.Refusal is { } refusal)
            problems.Add(refusal.Detail);
        if (exports.Current.Enabled.Count == 0)
            problems.Add("No export is enabled: reports are kept, and go nowhere. Enable one with 'exporter exports enable'.");
        foreach (var export in exports.Current.ById.Values)
        {
            var book = books.GetValueOrDefault(export.Id);
            if (book is { Dead: > 0 })
                problems.Add($"Export '{export.Name}' has {book.Dead} reports in its dead letters. See 'exporter deadletters list'.");
            if (book is not null && export.Settings.MaxWaitingReports is > 0 and var most && book.Waiting + book.InFlight > most * NearlyFull)
                problems.Add($"Export '{export.Name}' holds {book.Waiting + book.InFlight} reports, and its limit is {most}.");
        }

        return problems.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join(' ', problems));
    }
}
