using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exporter.ServiceDefaults;

/// <summary>Says once, instead of at every probe, that health has changed.</summary>
internal sealed partial class HealthChanges(IHostApplicationLifetime lifetime, ILogger<HealthChanges> log) : IHealthCheckPublisher
{
    private HealthStatus last = HealthStatus.Healthy;

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        if (report.Status == last || lifetime.ApplicationStopping.IsCancellationRequested)
            return Task.CompletedTask;

        last = report.Status;
        if (last == HealthStatus.Healthy)
            Log.Recovered(log);
        else
            Log.Worsened(log, last, string.Join(' ', report.Entries.Values.Select(SentenceOf).OfType<string>()));
        return Task.CompletedTask;
    }

    private static string? SentenceOf(HealthReportEntry entry) =>
        entry.Status == HealthStatus.Healthy ? null : entry.Description ?? entry.Exception?.Message;
}
