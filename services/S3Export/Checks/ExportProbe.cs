using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;

namespace Exporter.S3Export.Checks;

/// <summary>Checks exports of kind s3, by bucket or by folder.</summary>
internal sealed class ExportProbe(S3Probe buckets, FileProbe files) : IExportProbe
{
    public async Task<ProbeResult> CheckAsync(ExportDefinition export, CancellationToken cancel)
    {
        if (export.Kind != ExportKind.S3)
            return One("kind", export.Kind is ExportKind.Dummy or ExportKind.Internal, $"Exports of kind {export.Kind.ToString().ToLowerInvariant()} have no objects to try out.");

        return ObjectKeyTemplate.TryParse(export.Settings.Url, out var problems) is { } template
            ? await (template.IsFile ? files.CheckAsync(export, template) : buckets.CheckAsync(export, template, cancel))
            : One("url", false, string.Join(' ', problems));
    }

    private static ProbeResult One(string name, bool passed, string detail) => new([new(name, passed, detail)], ConditionalPut.Unknown);
}
