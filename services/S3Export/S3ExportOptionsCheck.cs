using Microsoft.Extensions.Options;

namespace Exporter.S3Export;

/// <summary>Stops the start with every fault of the options at once.</summary>
internal sealed class S3ExportOptionsCheck : IValidateOptions<S3ExportOptions>
{
    public ValidateOptionsResult Validate(string? name, S3ExportOptions options) =>
        options.Problems(S3ExportOptions.Section).ToList() is { Count: > 0 } problems
            ? ValidateOptionsResult.Fail(problems)
            : ValidateOptionsResult.Success;
}
