using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Exporter.Cli.Values;

internal static partial class DurationOption
{
    public static Option<TimeSpan?> Of(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "1h30m",
        CustomParser = Parse,
    };

    public static TimeSpan? Read(string text)
    {
        var match = Units().Match(text);
        if (text.Length == 0 || !match.Success)
            return null;

        return TimeSpan.FromDays(Part(match, "d"))
            + TimeSpan.FromHours(Part(match, "h"))
            + TimeSpan.FromMinutes(Part(match, "m"))
            + TimeSpan.FromSeconds(Part(match, "s"));
    }

    private static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Read(text) is { } time)
            return time;

        result.AddError($"A duration is written like 30s, 15m, 1h30m or 7d, found '{text}'.");
        return null;
    }

    private static double Part(Match match, string unit) =>
        match.Groups[unit].Success ? double.Parse(match.Groups[unit].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^((?<d>\d{1,6})d)?((?<h>\d{1,6})h)?((?<m>\d{1,8})m)?((?<s>\d{1,9}(\.\d{1,3})?)s)?$")]
    private static partial Regex Units();
}
