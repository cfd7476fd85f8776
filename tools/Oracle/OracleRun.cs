using Exporter.Delivery.Faults;
using Exporter.Oracle.Checks;
using Exporter.Oracle.Destinations;
using Exporter.Oracle.Kills;
using Exporter.Oracle.Rounds;

namespace Exporter.Oracle;

/// <summary>All rounds, what they found, and where the process was killed.</summary>
internal sealed class OracleRun(OracleOptions options, TextWriter output, TimeProvider clock)
{
    private readonly KillTally tally = new();
    private readonly Random random = new((int)(options.Seed % int.MaxValue));
    private readonly string parent = Path.Combine(Path.GetTempPath(), $"exporter-oracle-{Environment.ProcessId}");
    private int kills;
    private int failed;
    private long submitted;
    private long acknowledged;

    /// <summary>Runs; whether all is well.</summary>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        await output.WriteLineAsync($"Seed {options.Seed}, {options.Rounds} rounds.");
        var began = clock.GetTimestamp();
        var plan = new KillPlan(tally, random, Failpoint.Names);
        var round = 0;
        for (DataHome? home = null; IsWanted(round) && failed == 0; round++)
        {
            var isFirst = round % options.RoundsPerFolder == 0;
            if (isFirst)
                home = await RenewAsync(home, round);
            await RunAsync(home!, plan, round, isFirst, cancel);
            if (!IsWanted(round + 1) && failed == 0)
                await EndAsync(home);
        }

        if (Directory.Exists(parent) && !Directory.EnumerateFileSystemEntries(parent).Any())
            Directory.Delete(parent);
        return await SayAsync(round, clock.GetElapsedTime(began));
    }

    private bool IsWanted(int round) =>
        round < options.Rounds || (round < options.Rounds + options.ExtraRounds && tally.Below(options.KillsPerWindow).Count > 0);

    private async Task<DataHome> RenewAsync(DataHome? old, int round)
    {
        await EndAsync(old);
        var partner = await PartnerDestination.StartAsync(new Random(random.Next()));
        return new(Path.Combine(parent, $"round-{round}"), options.Seed + round, clock, partner);
    }

    private async Task EndAsync(DataHome? home)
    {
        if (home is null)
            return;

        submitted += home.Journal.ReportCount;
        acknowledged += home.Journal.AcknowledgedCount;
        await home.DisposeAsync();
        Directory.Delete(home.Folder, recursive: true);
    }

    private async Task RunAsync(DataHome home, KillPlan plan, int number, bool isFirst, CancellationToken cancel)
    {
        var round = new Round(home, plan, tally, new Random(random.Next()), clock);
        var result = await round.RunAsync(isFirst, cancel);
        kills += result.Kills;
        if (result.Findings.Count == 0)
            return;

        failed++;
        await home.DisposeAsync();
        submitted += result.Submitted;
        acknowledged += result.Acknowledged;
        await output.WriteLineAsync($"Round {number} of seed {options.Seed} found {result.Findings.Count} fault(s):");
        await FindingText.WriteAsync(output, result.Findings);
        if (options.KeepsFailed)
            await output.WriteLineAsync($"Its data stay in '{home.Folder}'.");
        else
            Directory.Delete(home.Folder, recursive: true);
    }

    private async Task<bool> SayAsync(int rounds, TimeSpan took)
    {
        var lacking = tally.Below(options.KillsPerWindow);
        await output.WriteLineAsync($"Killed {kills} times:");
        foreach (var line in tally.Lines())
            await output.WriteLineAsync(line);
        await output.WriteLineAsync(
            $"{rounds} rounds in {took.TotalSeconds:F0} s: {submitted} reports handed in, {acknowledged} acknowledged, {failed} round(s) failed.");
        if (failed == 0 && lacking.Count > 0)
            await output.WriteLineAsync($"Fewer than {options.KillsPerWindow} kills in {string.Join(", ", lacking)}: the run shows too little and fails.");
        return failed == 0 && lacking.Count == 0;
    }
}
