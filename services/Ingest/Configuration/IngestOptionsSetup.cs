using Microsoft.Extensions.Options;

namespace Exporter.Ingest.Configuration;

/// <summary>Reads the section <c>Ingest</c> and refuses it with every fault at once.</summary>
internal sealed class IngestOptionsSetup(IConfiguration configuration) : IConfigureOptions<IngestOptions>, IValidateOptions<IngestOptions>
{
    private IConfigurationSection Section => configuration.GetSection(IngestOptions.Section);

    public void Configure(IngestOptions options) => SettingsSection.Fill(options, Section);

    public ValidateOptionsResult Validate(string? name, IngestOptions options)
    {
        string[] problems = [.. SettingsSection.Fill(new IngestOptions(), Section), .. options.Problems(IngestOptions.Section)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
