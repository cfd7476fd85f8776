using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Exporter.Cli.Values;

// A time, or an age such as 2h, counted back from now.
internal static class MomentOption
{
    private static readonly string[] Forms =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK"];

    public static Option<DateTimeOffset?> Of(string name, string description, TimeProvider clock) => new(name)
    {
        Description = description,
        HelpName = "2h|2026-03-07T12:00Z",
        CustomParser = result => Parse(result, clock),
    };

    // Without a zone it is UTC, as all times are that are shown.
    public static DateTimeOffset? Read(string text, DateTimeOffset now)
    {
        if (DurationOption.Read(text) is { } age)
            return now - DateTimeOffset.MinValue > age ? now - age : DateTimeOffset.MinValue;

        return DateTimeOffset.TryParseExact(
            text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }

    private static DateTimeOffset? Parse(ArgumentResult result, TimeProvider clock)
    {
        var text = result.Tokens[0].Value;
        if (Read(text, clock.GetUtcNow()) is { } time)
            return time;

        result.AddError($"A time is written like 2026-03-07, 2026-03-07T12:00Z or 2h (ago), found '{text}'.");
        return null;
    }
}
