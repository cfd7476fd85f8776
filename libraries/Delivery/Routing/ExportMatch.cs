using Exporter.Delivery.Exports;

namespace Exporter.Delivery.Routing;

/// <summary>Whether an export takes reports of an API key and a source (rule S2).</summary>
public static class ExportMatch
{
    /// <summary>Decides by the export's own settings alone. Reports without an API key are never skipped by key.</summary>
    /// <param name="export">As it stands in the snapshot.</param>
    /// <param name="apiKey">A known key, or null.</param>
    /// <param name="source">One of the source words: fixed, fused, gnss, query.</param>
    public static MatchResult Of(ExportDefinition export, string? apiKey, string source)
    {
        if (!export.IsEnabled)
            return MatchResult.Disabled;

        if (apiKey is not null && export.Settings.SkipKeys.Contains(apiKey, StringComparer.Ordinal))
            return MatchResult.SkippedKey;

        return export.Settings.SkipSources.Contains(source, StringComparer.Ordinal)
            ? MatchResult.SkippedSource
            : MatchResult.Matched;
    }
}

/// <summary>Whether an export takes a report, and why not.</summary>
public enum MatchResult
{
    /// <summary>It takes the report.</summary>
    Matched,

    /// <summary>It is disabled.</summary>
    Disabled,

    /// <summary>Its skip_keys name the API key.</summary>
    SkippedKey,

    /// <summary>Its skip_sources name the source.</summary>
    SkippedSource,
}
