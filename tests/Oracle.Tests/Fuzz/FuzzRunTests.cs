using Exporter.Oracle.Fuzz.Drafts;
using Exporter.Oracle.Fuzz.Mutations;
using Exporter.Oracle.Fuzz.Targets;
using Exporter.RawHttp2;

namespace Exporter.Oracle.Fuzz;

/// <summary>Each fault that a run looks for, in a server that has it.</summary>
public sealed class FuzzRunTests
{
    /// <summary>Ends every connection, which no input that changes nothing may see.</summary>
    private static readonly Func<int, IEnumerable<WireFrame>> Cut = _ => [WireFrame.GoAway(0, 0)];

    private static readonly FuzzOptions Options = new()
    {
        Inputs = 4,
        Seed = 1,
        Workers = 1,
        LongestInput = TimeSpan.FromSeconds(1),
        LongestRest = TimeSpan.FromMilliseconds(100),
        MostGrowthBytes = long.MaxValue,
        MostBytes = long.MaxValue,
    };

    [Fact]
    public async Task An_input_that_does_not_end_as_it_may_is_told_with_its_number()
    {
        await using var target = new BrokenTarget(Cut);
        await ShouldTellAsync(target, Options with { Inputs = 60 }, "Input ", "The connection was ended");
    }

    [Fact]
    public async Task A_healthy_call_that_fails_is_told()
    {
        await using var target = new BrokenTarget(Cut) { HealthyCall = () => throw new InvalidOperationException("the wrong answer") };
        await ShouldTellAsync(target, Options, "A healthy call failed", "the wrong answer");
    }

    [Fact]
    public async Task A_server_that_ended_is_told()
    {
        await using var target = new BrokenTarget(Cut) { ExitCode = 134 };
        await ShouldTellAsync(target, Options, "The server ended with 134.");
    }

    [Fact]
    public async Task Memory_that_grew_and_memory_that_once_was_too_much_are_told()
    {
        await using var target = new BrokenTarget(Cut);
        await ShouldTellAsync(target, Options with { MostGrowthBytes = -(1L << 40), MostBytes = 1 }, "The server's memory grew from", "The server once had");
    }

    [Fact]
    public async Task What_is_held_for_callers_that_have_gone_is_told()
    {
        await using var target = new BrokenTarget(Cut) { Held = "7 connections are open." };
        await ShouldTellAsync(target, Options, "7 connections are open.");
    }

    [Theory]
    [InlineData(null, "did not stop within")]
    [InlineData(1, "ended with 1 when it was asked to stop")]
    public async Task A_server_that_does_not_stop_well_is_told(int? code, string told)
    {
        await using var target = new BrokenTarget(Cut) { StopCode = code };
        await ShouldTellAsync(target, Options, told);
    }

    [Fact]
    public async Task What_the_server_said_is_told()
    {
        await using var target = new BrokenTarget(Cut) { Said = ["fail: Something[1] It broke."] };
        await ShouldTellAsync(target, Options, "The server said: fail: Something[1] It broke.");
    }

    [Fact]
    public void The_same_number_is_the_same_input_again_and_another_is_another()
    {
        var supply = new DraftSupply(seed: 5, EchoMethod.All);
        var again = new DraftSupply(seed: 5, EchoMethod.All);
        for (var number = 0; number < 500; number++)
        {
            var draft = supply.Make(number);
            draft.Mutations.ShouldBe(again.Make(number).Mutations);
            draft.Encode(1).ShouldBe(again.Make(number).Encode(1));
        }

        Enumerable.Range(0, 500).Select(number => Convert.ToHexString(again.Make(number).Encode(1))).Distinct().Count().ShouldBeGreaterThan(490);
    }

    [Fact]
    public void Every_mutation_has_a_name_of_its_own() =>
        Mutation.All.Select(mutation => mutation.Name).Distinct().Count().ShouldBe(Mutation.All.Count);

    private static async Task ShouldTellAsync(BrokenTarget target, FuzzOptions options, params string[] told)
    {
        using var said = new StringWriter();
        (await new FuzzRun(options, target, said, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
        foreach (var each in told)
            said.ToString().ShouldContain(each);
    }
}
