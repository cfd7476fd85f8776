using System.ComponentModel;
using System.Reflection;

namespace Exporter.Ingest.Configuration;

/// <summary>Fills an options record from a section of the configuration and names every fault, not just the first.</summary>
internal static class SettingsSection
{
    /// <returns>A sentence for each unknown key and each value of the wrong type.</returns>
    public static IReadOnlyList<string> Fill(object options, IConfigurationSection section)
    {
        var problems = new List<string>();
        Fill(options, section, problems);
        return problems;
    }

    private static void Fill(object options, IConfigurationSection section, List<string> problems)
    {
        var properties = options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true })
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (!properties.TryGetValue(child.Key, out var property))
                problems.Add($"'{child.Path}' is not a setting. Known here: {string.Join(", ", properties.Keys.Order(StringComparer.Ordinal))}.");
            else if (IsSection(property.PropertyType))
                Fill(property.GetValue(options)!, child, problems);
            else
                Set(options, property, child, problems);
        }
    }

    private static bool IsSection(Type type) => type.IsClass && type != typeof(string);

    private static void Set(object options, PropertyInfo property, IConfigurationSection setting, List<string> problems)
    {
        try
        {
            property.SetValue(options, TypeDescriptor.GetConverter(property.PropertyType).ConvertFromInvariantString(setting.Value ?? ""));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or NotSupportedException)
        {
            problems.Add($"'{setting.Path}' must be {NameOf(property.PropertyType)}, found '{setting.Value}'.");
        }
    }

    private static string NameOf(Type type) =>
        type == typeof(TimeSpan) ? "a duration such as 1.00:00:00 (days.hours:minutes:seconds)"
        : type == typeof(int) ? "a whole number of at most 2147483647"
        : type == typeof(long) ? "a whole number"
        : type == typeof(bool) ? "true or false"
        : $"a {type.Name}";
}
