using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Keys;
using Exporter.Delivery.Objects;
using Exporter.Delivery.Routing;
using Wire = Exporter.Admin.V1;

namespace Exporter.Router.Admin;

internal sealed class ReportAdmin(ExportCatalog catalog, IApiKeyStore keys, TimeProvider clock, IReportRefusal? refusal = null)
{
    private const string NothingKept = "The API key's submit_sample_percent is 0: Ingest keeps none of its reports.";

    public async Task<Wire.ExplainReportResponse> ExplainAsync(Wire.ExplainReportRequest request, CancellationToken cancel)
    {
        var report = request.Report ?? throw Refusal.Invalid("report", "Must be given.");
        var source = ReportSource.NameOf(report.Position?.Source ?? default);
        var known = ApiKey.IsWellFormed(request.ApiKey) ? await keys.FindAsync(request.ApiKey, cancel) : null;
        var snapshot = await catalog.LoadAsync(cancel);

        var response = new Wire.ExplainReportResponse { Refusal = refusal?.Of(report) ?? "" };
        if (response.Refusal.Length == 0 && known is { SubmitSamplePercent: 0 })
            response.Refusal = NothingKept;
        var isUnknown = request.ApiKey.Length > 0 && known is null;
        response.Exports.AddRange(snapshot.ById.Values
            .OrderBy(export => export.Name, StringComparer.Ordinal)
            .Select(export => Explain(export, known?.Key, source, isUnknown)));
        return response;
    }

    private Wire.ExplainedExport Explain(ExportDefinition export, string? apiKey, string source, bool isUnknown)
    {
        var match = ExportMatch.Of(export, apiKey, source);
        return new Wire.ExplainedExport
        {
            ExportId = export.Id.ToString(),
            ExportName = export.Name,
            Matched = match == MatchResult.Matched,
            Reason = ReasonOf(match, source) + (isUnknown ? " The API key is not known, so the report counts as anonymous." : ""),
            Location = match == MatchResult.Matched ? ObjectTargets.Explain(export, source, apiKey, clock.GetUtcNow()) ?? "" : "",
        };
    }

    private static string ReasonOf(MatchResult match, string source) => match switch
    {
        MatchResult.Disabled => "The export is disabled.",
        MatchResult.SkippedKey => "Its skip_keys name the API key.",
        MatchResult.SkippedSource => $"Its skip_sources name the source {source}.",
        _ => $"Enabled, and neither the API key nor the source {source} is skipped.",
    };
}
