using Exporter.Oracle.Checks;
using Exporter.Oracle.Clients;
using Exporter.Oracle.Destinations;
using Exporter.Oracle.Kills;
using Exporter.TestKit.Processes;

namespace Exporter.Oracle.Rounds;

/// <summary>Clients hand in while processes die; then one lives on, drains and stops, and everything is looked at.</summary>
internal sealed class Round(DataHome home, KillPlan plan, KillTally tally, Random random, TimeProvider clock)
{
    private const int KillsPerRound = 2;
    private static readonly TimeSpan Undisturbed = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(15);
    private static readonly Pace Pace = new(TimeSpan.FromMilliseconds(60), TimeSpan.FromSeconds(20));
    private readonly LifeBoard board = new();

    public async Task<RoundResult> RunAsync(bool isFirst, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        var lives = new Lives(home, board, tally, findings, clock);
        await using (lives)
            findings.AddRange(await RunAsync(lives, isFirst, cancel));
        return new(findings, lives.Kills, home.Journal.ReportCount, home.Journal.AcknowledgedCount);
    }

    private async Task<List<Finding>> RunAsync(Lives lives, bool isFirst, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        using var crowd = new Crowd(home.Supply, board, random, Pace, clock, cancel);
        if (isFirst)
            await lives.LiveAndDieAsync(plan.AtRandom(), isFirst, cancel);
        for (var i = 0; i < KillsPerRound; i++)
            await lives.LiveAndDieAsync(plan.Next(), isFirst: false, cancel);
        var last = await lives.LiveOnAsync();
        await Task.Delay(Undisturbed, clock, cancel);
        findings.AddRange(await crowd.EndAsync(last is null ? TimeSpan.Zero : LongestEnd));
        if (last is not null)
            findings.AddRange(await EndAsync(last, cancel));
        return findings;
    }

    private async Task<List<Finding>> EndAsync(StandaloneProcess process, CancellationToken cancel)
    {
        using var door = AdminDoor.Of(process);
        var drain = new DrainCheck(home, LongestDrain, clock);
        var findings = new List<Finding>(await drain.WaitAsync(async () => await door.Client.GetStatusAsync(new(), cancellationToken: cancel), cancel));
        try
        {
            if (await process.StopAsync(LongestStop) is not 0 and var code)
                findings.Add(new(FindingKind.Process, "stop", $"It ended with {code} on SIGTERM: {string.Join(' ', process.Errors)}"));
        }
        catch (TimeoutException)
        {
            findings.Add(new(FindingKind.Process, "stop", $"It did not end within {LongestStop} of SIGTERM."));
        }

        var (atDestinations, reports) = await new DestinationCheck(home).RunAsync(cancel);
        return [.. findings, .. atDestinations, .. drain.Compare(reports)];
    }
}
