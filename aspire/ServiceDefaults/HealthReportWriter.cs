using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exporter.ServiceDefaults;

/// <summary>Health as JSON: the status, and a sentence for each check that has one.</summary>
internal static class HealthReportWriter
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        var checks = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new { status = entry.Value.Status.ToString(), detail = entry.Value.Description ?? entry.Value.Exception?.Message });
        return context.Response.WriteAsync(JsonSerializer.Serialize(new { status = report.Status.ToString(), checks }), context.RequestAborted);
    }
}
