using Microsoft.Extensions.Options;

namespace Exporter.ServiceDefaults;

/// <summary>Settings from files, a file each, named as an environment variable is: for what must not stand in an environment.</summary>
public static class SettingsFolder
{
    private const string Key = "Exporter:SettingsFolder";

    /// <summary>Adds the folder that <c>Exporter:SettingsFolder</c> names, if any; what it holds goes before everything else.</summary>
    /// <exception cref="OptionsValidationException">The folder is not there.</exception>
    public static TBuilder AddSettingsFolder<TBuilder>(this TBuilder configuration, IConfiguration settings)
        where TBuilder : IConfigurationBuilder
    {
        if (settings[Key] is not { Length: > 0 } folder)
            return configuration;
        if (!Directory.Exists(folder))
            throw new OptionsValidationException(Key, typeof(SettingsFolder), [$"'{Key}' must name a folder with a file for each setting, found no folder '{folder}'."]);

        configuration.AddKeyPerFile(Path.GetFullPath(folder), optional: false);
        return configuration;
    }
}
