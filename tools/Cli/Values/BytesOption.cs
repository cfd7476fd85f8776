using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Exporter.Cli.Values;

internal static partial class BytesOption
{
    public static Option<long?> Of(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "256MiB",
        CustomParser = Parse,
    };

    public static long? Read(string text)
    {
        var match = Units().Match(text);
        if (!match.Success)
            return null;

        var number = long.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        return number << match.Groups["unit"].Value.ToUpperInvariant() switch
        {
            "KIB" => 10,
            "MIB" => 20,
            "GIB" => 30,
            _ => 0,
        };
    }

    private static long? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Read(text) is { } bytes)
            return bytes;

        result.AddError($"A size is written like 1048576, 8MiB or 1GiB, found '{text}'.");
        return null;
    }

    [GeneratedRegex(@"^(?<number>\d{1,10}) ?(?<unit>KiB|MiB|GiB|B)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Units();
}
