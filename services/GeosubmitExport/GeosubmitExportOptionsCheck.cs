using Microsoft.Extensions.Options;

namespace Exporter.GeosubmitExport;

/// <summary>Stops the start with every fault of the options at once.</summary>
internal sealed class GeosubmitExportOptionsCheck : IValidateOptions<GeosubmitExportOptions>
{
    public ValidateOptionsResult Validate(string? name, GeosubmitExportOptions options) =>
        options.Problems(GeosubmitExportOptions.Section).ToList() is { Count: > 0 } problems
            ? ValidateOptionsResult.Fail(problems)
            : ValidateOptionsResult.Success;
}
