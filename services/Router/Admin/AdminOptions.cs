using Microsoft.Extensions.Options;

namespace Exporter.Router.Admin;

internal sealed class AdminOptions
{
    public string AdminTokenFile { get; set; } = "";

    public string DataFolder { get; set; } = "";

    // Empty: the data folder.
    public IList<string> FileRoots { get; } = [];

    public IReadOnlyList<string> EffectiveFileRoots =>
        FileRoots.Count > 0 ? [.. FileRoots] : DataFolder.Length > 0 ? [Path.GetFullPath(DataFolder)] : [];

    public IEnumerable<string> Problems()
    {
        if (AdminTokenFile.Length == 0)
            yield return "'Exporter:AdminTokenFile' must name the file with the admin token, found nothing.";
    }
}

internal sealed class AdminOptionsValidator : IValidateOptions<AdminOptions>
{
    public ValidateOptionsResult Validate(string? name, AdminOptions options)
    {
        var problems = options.Problems().ToArray();
        return problems.Length > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
