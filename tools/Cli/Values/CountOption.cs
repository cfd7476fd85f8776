using System.CommandLine;

namespace Exporter.Cli.Values;

internal static class CountOption
{
    // A whole number from 1 on.
    public static Option<int> Of(string name, string description, int byDefault, int most = int.MaxValue)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => byDefault };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var count) && (count < 1 || count > most))
                result.AddError(
                    most == int.MaxValue ? $"{name} must be 1 or more, found {count}." : $"{name} must be 1 to {most}, found {count}.");
        });
        return option;
    }
}
