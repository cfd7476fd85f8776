using System.CommandLine;

namespace Exporter.Oracle.Fleet;

internal static class FleetCommand
{
    private const int MostInstances = 8;

    public static Command Make()
    {
        var rounds = new Option<int>("--rounds") { Description = "How many rounds.", DefaultValueFactory = _ => new FleetOptions().Rounds };
        var instances = new Option<int?>("--instances") { Description = $"Instances of each service. Absent: {string.Join(" and ", FleetOptions.Turns)} by turns." };
        var seed = new Option<long?>("--seed") { Description = "Chooses reports, requests and faults. Absent: by the clock." };
        var minutes = new Option<int?>("--minutes") { Description = "Begin no round after so many minutes, though there were fewer." };
        var keep = new Option<bool>("--keep") { Description = "Keep the files of a failed round." };
        rounds.Validators.Add(result => Check(result.GetValue(rounds), int.MaxValue, "--rounds", result.AddError));
        instances.Validators.Add(result => Check(result.GetValue(instances) ?? 1, MostInstances, "--instances", result.AddError));
        var command = new Command("services", "The same over Ingest, Router and S3Export as processes of their own, whose servers are stopped and started, too.")
        {
            rounds, minutes, instances, seed, keep,
        };
        command.SetAction((parse, cancel) => RunAsync(
            new FleetOptions
            {
                Rounds = parse.GetValue(rounds),
                Longest = parse.GetValue(minutes) is { } longest ? TimeSpan.FromMinutes(longest) : TimeSpan.MaxValue,
                Instances = parse.GetValue(instances) is { } count ? [count] : FleetOptions.Turns,
                Seed = parse.GetValue(seed) ?? TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
                KeepsFailed = parse.GetValue(keep),
            },
            cancel));
        return command;
    }

    private static void Check(int found, int most, string name, Action<string> addError)
    {
        if (found < 1 || found > most)
            addError($"{name} must be from 1 to {most}, found {found}.");
    }

    private static async Task<int> RunAsync(FleetOptions options, CancellationToken cancel) =>
        await new FleetRun(options, Console.Out, TimeProvider.System).RunAsync(cancel) ? 0 : 1;
}
