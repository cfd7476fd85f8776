using Exporter.Delivery.Exports;

namespace Exporter.Delivery.Objects;

/// <summary>Freezes destinations into batches (rule S5).</summary>
public static class ObjectTargets
{
    /// <summary>Where a batch that is sealed now goes; null for kinds without objects.</summary>
    /// <exception cref="FormatException">The export's url is not a template: it was saved unchecked.</exception>
    public static ObjectTarget? Freeze(ExportDefinition export, string source, string? apiKey, DateTimeOffset sealedAt, Guid batchId) =>
        export.Kind == ExportKind.S3
            ? ObjectKeyTemplate.Parse(export.Settings.Url).Freeze(export.Settings.Objects, source, apiKey, sealedAt, batchId)
            : null;

    /// <summary>The location that a batch sealed now would get, with {batch_id} for its id; null for kinds without objects.</summary>
    public static string? Explain(ExportDefinition export, string source, string? apiKey, DateTimeOffset now) =>
        export.Kind == ExportKind.S3
            ? ObjectKeyTemplate.Parse(export.Settings.Url).Locate(export.Settings.Objects, source, apiKey, now, "{batch_id}")
            : null;
}
