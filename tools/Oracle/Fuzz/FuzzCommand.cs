using System.CommandLine;
using Exporter.Oracle.Fuzz.Mutations;
using Exporter.Oracle.Fuzz.Targets;

namespace Exporter.Oracle.Fuzz;

/// <summary>exporter-oracle fuzz.</summary>
internal static class FuzzCommand
{
    private const string Standalone = "standalone";
    private const string Echo = "echo";

    public static Command Make()
    {
        var inputs = new Option<int>("--inputs") { Description = "How many spoilt calls.", DefaultValueFactory = _ => 100_000 };
        var seed = new Option<long?>("--seed") { Description = "Chooses the calls. Absent: by the clock." };
        var only = new Option<long?>("--only") { Description = "Sends only the input of this number, as a finding tells it." };
        var mutations = new Option<string[]>("--mutation") { Description = "Spoils every call in this way, or these." };
        mutations.AcceptOnlyFromAmong([.. Mutation.All.Select(mutation => mutation.Name)]);
        var against = new Option<string>("--target") { Description = "The server: standalone, or echo, which has all four kinds of call.", DefaultValueFactory = _ => Standalone };
        against.AcceptOnlyFromAmong(Standalone, Echo);
        var command = new Command("fuzz", "Sends spoilt frames and headers to the gRPC door, and looks whether each is answered or cut.") { inputs, seed, only, mutations, against };
        command.SetAction((parse, cancel) => RunAsync(
            parse.GetValue(against)!,
            new FuzzOptions
            {
                Inputs = parse.GetValue(inputs),
                Seed = parse.GetValue(seed) ?? TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
                Only = parse.GetValue(only),
                Mutations = parse.GetValue(mutations) ?? [],
            },
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(string target, FuzzOptions options, CancellationToken cancel)
    {
        await using var server = target == Echo
            ? await EchoServerTarget.StartAsync(TimeProvider.System, cancel)
            : await StandaloneTarget.StartAsync(TimeProvider.System, cancel);
        return await new FuzzRun(options, server, Console.Out, TimeProvider.System).RunAsync(cancel) ? 0 : 1;
    }
}
