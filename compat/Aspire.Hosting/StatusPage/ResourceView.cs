using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Logs;

namespace Aspire.Hosting.StatusPage;

/// <summary>The resources as the page shows them: without their secrets.</summary>
internal sealed class ResourceView(ResourceNotificationService notifications, Secrets secrets)
{
    public IReadOnlyList<ResourceRow> Read() => [.. notifications.Current().Select(RowOf)];

    private ResourceRow RowOf(ResourceEvent known)
    {
        var snapshot = known.Snapshot;
        return new()
        {
            Id = known.ResourceId,
            Name = known.Resource.Name,
            Type = snapshot.ResourceType,
            State = snapshot.State?.Text ?? "",
            Health = snapshot.HealthStatus?.ToString(),
            Detail = snapshot.Detail is { } detail ? secrets.InText(detail) : null,
            Runs = snapshot.Runs,
            ExitCode = snapshot.ExitCode,
            Restarts = snapshot.Restarts,
            Started = snapshot.StartTimeStamp,
            Urls = [.. snapshot.Urls.Select(url => new UrlRow(url.Name ?? "", url.Url, url.IsInternal))],
            Checks = [.. snapshot.HealthReports.Select(CheckOf)],
            Environment = [.. snapshot.EnvironmentVariables.Select(variable => new VariableRow(variable.Name, Shown(known.Resource, variable)))],
        };
    }

    private CheckRow CheckOf(HealthReportSnapshot report) =>
        new(report.Name, report.Status?.ToString(), secrets.InText(string.Join(' ', new[] { report.Description, report.ExceptionText }.Where(text => !string.IsNullOrEmpty(text)))));

    private string Shown(IResource resource, EnvironmentVariableSnapshot variable) => resource is ParameterResource { Secret: true } and not IResourceWithConnectionString
        ? Secrets.Mask
        : secrets.InVariable(variable.Name, variable.Value ?? "");
}
