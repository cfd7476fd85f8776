using Exporter.Oracle.Checks;
using Exporter.Oracle.Fleet.Disorders;
using Exporter.Oracle.Fleet.Servers;

namespace Exporter.Oracle.Fleet;

/// <summary>All rounds over services, what they found, and what went wrong how often.</summary>
internal sealed class FleetRun(FleetOptions options, TextWriter output, TimeProvider clock)
{
    private readonly Random random = new((int)(options.Seed % int.MaxValue));
    private readonly string parent = Path.Combine(Path.GetTempPath(), $"exporter-oracle-{Environment.ProcessId}");
    private readonly FleetFigures figures = new();
    private readonly Killers killers = new(new Random((int)(options.Seed % int.MaxValue)), clock);
    private DisorderPlan plan = new([], new Random(0));
    private int round;
    private long began;

    private bool IsWanted =>
        figures.Findings.Count == 0
        && clock.GetElapsedTime(began) < options.Longest
        && (round < options.Rounds || (round < options.Rounds + options.ExtraRounds && Lacking.Count > 0));

    private IReadOnlyList<string> Lacking => [.. killers.Below(TimesEach), .. plan.Below(TimesEach)];

    private int TimesEach => FleetOptions.TimesEach(round);

    /// <summary>Runs; whether all is well.</summary>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        await output.WriteLineAsync($"Seed {options.Seed}, {options.Rounds} rounds, instances of each service: {string.Join(" and ", options.Instances)}.");
        began = clock.GetTimestamp();
        try
        {
            await using var room = await ServerRoom.StartAsync(random);
            plan = new(Disorder.Of(room.All), random);
            for (var store = 0; IsWanted; store++)
                await RunAsync(room, store, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await output.WriteLineAsync("The run was stopped.");
        }
        finally
        {
            if (Directory.Exists(parent) && !(options.KeepsFailed && figures.Findings.Count > 0))
                Directory.Delete(parent, recursive: true);
        }

        if (Directory.Exists(parent))
            await output.WriteLineAsync($"What the failed round wrote stays in '{parent}'.");
        return await SayAsync(clock.GetElapsedTime(began)) && !cancel.IsCancellationRequested;
    }

    private async Task RunAsync(ServerRoom room, int store, CancellationToken cancel)
    {
        var instances = options.Instances[store % options.Instances.Count];
        await using var home = await FleetHome.StartAsync(room, parent, store, instances, options.Seed + store, clock, cancel);
        try
        {
            var destinations = new DestinationCheck(home);
            for (var i = 0; i < options.RoundsPerStore && IsWanted; i++)
                await RunAsync(home, destinations, instances, cancel);
            if (figures.Findings.Count == 0)
                await TellAsync(home, (await new DestinationCheck(home).RunAsync(cancel)).Findings);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"In round {round} something did not happen in time.", e);
        }
        finally
        {
            figures.Add(home.Journal);
        }
    }

    private async Task RunAsync(FleetHome home, DestinationCheck destinations, int instances, CancellationToken cancel)
    {
        var beginning = clock.GetTimestamp();
        var disorder = plan.Next();
        var findings = await new FleetRound(home, destinations, killers, random, clock).RunAsync(disorder, cancel);
        plan.Count(disorder);
        await output.WriteLineAsync(
            $"Round {round,3}, {instances} of each: {disorder.Name}; {home.Journal.ReportCount} reports on this store; {clock.GetElapsedTime(beginning).TotalSeconds:F0} s.");
        round++;
        await TellAsync(home, findings);
    }

    private async Task TellAsync(FleetHome home, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
            return;

        figures.Findings.AddRange(findings);
        await FindingText.WriteAsync(output, findings);
        foreach (var line in home.Said.TakeLast(FindingText.MostSaid))
            await output.WriteLineAsync($"    {line}");
    }

    private async Task<bool> SayAsync(TimeSpan took)
    {
        await output.WriteLineAsync("What went wrong, and how often:");
        foreach (var line in killers.Lines().Concat(plan.Lines()))
            await output.WriteLineAsync(line);
        await output.WriteLineAsync(
            $"{round} rounds in {took.TotalSeconds:F0} s, {killers.Kills} kills: {figures.Submitted} reports handed in, {figures.Acknowledged} acknowledged, lost {figures.Of(FindingKind.Lost)}, twice {figures.Of(FindingKind.Doubled)}, {figures.Findings.Count} finding(s) in all.");
        if (figures.Findings.Count > 0)
            return false;
        if (Lacking is { Count: > 0 } lacking)
            await output.WriteLineAsync($"Fewer than {TimesEach} of {string.Join(", ", lacking)}: the run shows too little and fails.");
        return Lacking.Count == 0;
    }
}
