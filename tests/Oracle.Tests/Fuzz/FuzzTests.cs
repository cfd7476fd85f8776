using System.Globalization;
using Exporter.Oracle.Fuzz.Targets;

namespace Exporter.Oracle.Fuzz;

/// <summary>Spoilt calls in number (<c>EXPORTER_FUZZ_INPUTS</c>, 10,000 unless told; seed <c>EXPORTER_FUZZ_SEED</c>, by the clock unless told).</summary>
[Collection("One process at a time")]
public sealed class FuzzTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_comes_to_Standalones_gRPC_door_it_lives_and_answers_the_others()
    {
        await using var target = await StandaloneTarget.StartAsync(TimeProvider.System, Cancel);
        await RunAsync(target);
    }

    [Fact]
    public async Task Whatever_comes_to_any_kind_of_call_the_server_lives_and_answers_the_others()
    {
        await using var target = await EchoServerTarget.StartAsync(TimeProvider.System, Cancel);
        await RunAsync(target);
    }

    private static async Task RunAsync(Target target)
    {
        var options = new FuzzOptions
        {
            Inputs = Setting("EXPORTER_FUZZ_INPUTS") is { } inputs ? (int)inputs : 10_000,
            Seed = Setting("EXPORTER_FUZZ_SEED") ?? TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        using var said = new StringWriter();
        var isWell = await new FuzzRun(options, target, said, TimeProvider.System).RunAsync(Cancel);

        // How the inputs of each mutation ended is to be seen in the log of a run that passes, too.
        await Console.Out.WriteLineAsync(said.ToString());
        isWell.ShouldBeTrue(said.ToString());
    }

    private static long? Setting(string name) =>
        long.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var given) ? given : null;
}
