using Microsoft.Extensions.Options;

namespace Exporter.Router.Admin;

internal sealed class AdminOptions
{
    public string AdminTokenFile { get; set; } = "";

    // 0: on every port.
    public int AdminPort { get; set; }

    public string DataFolder { get; set; } = "";

    // Empty: the data folder.
    public IList<string> FileRoots { get; } = [];

    public IReadOnlyList<string> EffectiveFileRoots =>
        FileRoots.Count > 0 ? [.. FileRoots] : DataFolder.Length > 0 ? [Path.GetFullPath(DataFolder)] : [];

    public IEnumerable<string> Problems()
    {
        if (AdminTokenFile.Length == 0)
            yield return "'Exporter:AdminTokenFile' must name the file with the admin token, found nothing.";

        if (AdminPort is < 0 or > 65_535)
            yield return $"'Exporter:AdminPort' must be 0 (any) to 65535, found {AdminPort}.";
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
