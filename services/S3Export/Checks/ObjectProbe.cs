using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;

namespace Exporter.S3Export.Checks;

/// <summary>Checks exports of kind s3, by bucket or by folder.</summary>
internal sealed class ObjectProbe(S3Probe buckets, FileProbe files) : IDestinationProbe
{
    public ExportKind Kind => ExportKind.S3;

    public async Task<ProbeResult> CheckAsync(ExportDefinition export, CancellationToken cancel) =>
        ObjectKeyTemplate.TryParse(export.Settings.Url, out var problems) is { } template
            ? await (template.IsFile ? files.CheckAsync(export, template) : buckets.CheckAsync(export, template, cancel))
            : new([new("url", false, string.Join(' ', problems))], ConditionalPut.Unknown);
}
