using System.CommandLine;
using Exporter.Oracle.Fleet;
using Exporter.Oracle.Fuzz;

namespace Exporter.Oracle;

internal static class CommandLine
{
    private const int Usage = 2;

    /// <summary>Servers and services are ended before this process is.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(string[] args)
    {
        var rounds = new Option<int>("--rounds") { Description = "How many rounds.", DefaultValueFactory = _ => 50 };
        rounds.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var count) && count < 1)
                result.AddError($"--rounds must be 1 or more, found {count}.");
        });
        var seed = new Option<long?>("--seed") { Description = "Chooses reports, requests and kills. Absent: by the clock." };
        var keep = new Option<bool>("--keep") { Description = "Keep the data of a failed round." };
        var root = new RootCommand("Submits reports while Exporter is killed again and again, then looks whether each arrived as promised.") { rounds, seed, keep };
        root.SetAction((parse, cancel) => RunAsync(
            new OracleOptions
            {
                Rounds = parse.GetValue(rounds),
                Seed = parse.GetValue(seed) ?? TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
                KeepsFailed = parse.GetValue(keep),
            },
            cancel));
        root.Subcommands.Add(FleetCommand.Make());
        root.Subcommands.Add(FuzzCommand.Make());
        var parsed = root.Parse(args);
        var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = LongestEnd }, CancellationToken.None);
        return parsed.Errors.Count > 0 ? Usage : code;
    }

    private static async Task<int> RunAsync(OracleOptions options, CancellationToken cancel)
    {
        var verdict = await new OracleRun(options, Console.Out, TimeProvider.System).RunAsync(cancel);
        return verdict ? 0 : 1;
    }
}
