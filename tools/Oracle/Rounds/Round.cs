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
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(15);
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
        using var stop = new CancellationTokenSource();
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var clients = Clients().Select(client => (client.Name, Run: client.RunAsync(stop.Token, giveUp.Token))).ToList();

        if (isFirst)
            await lives.LiveAndDieAsync(plan.AtRandom(), isFirst, cancel);
        for (var i = 0; i < KillsPerRound; i++)
            await lives.LiveAndDieAsync(plan.Next(), isFirst: false, cancel);
        var last = await lives.LiveOnAsync();
        await Task.Delay(Undisturbed, clock, cancel);
        await stop.CancelAsync();
        giveUp.CancelAfter(last is null ? TimeSpan.Zero : LongestEnd);
        foreach (var (name, run) in clients)
            findings.AddRange(await EndAsync(name, run));
        if (last is not null)
            findings.AddRange(await EndAsync(last, cancel));
        return findings;
    }

    private IEnumerable<Client> Clients()
    {
        foreach (var door in new ISubmitDoor[] { new UnaryDoor(), new StreamDoor(), new HttpDoor() })
        {
            foreach (var resends in new[] { true, false })
                yield return new(door, resends, home.Supply, board, new Random(random.Next()), clock);
        }
    }

    private static async Task<IEnumerable<Finding>> EndAsync(string name, Task run)
    {
        try
        {
            await run;
            return [];
        }
        catch (OperationCanceledException)
        {
            return [new(FindingKind.Answer, name, $"Not every request was acknowledged {LongestEnd} after the last start.")];
        }
        catch (Exception e)
        {
            return [new(FindingKind.Answer, name, $"{e.GetType().Name}: {e.Message}")];
        }
    }

    private async Task<List<Finding>> EndAsync(StandaloneProcess process, CancellationToken cancel)
    {
        var drain = new DrainCheck(home, clock);
        var findings = new List<Finding>(await drain.WaitAsync(process, cancel));
        try
        {
            if (await process.StopAsync(LongestStop) is not 0 and var code)
                findings.Add(new(FindingKind.Process, "stop", $"It ended with {code} on SIGTERM: {string.Join(' ', process.Errors)}"));
        }
        catch (TimeoutException)
        {
            findings.Add(new(FindingKind.Process, "stop", $"It did not end within {LongestStop} of SIGTERM."));
        }

        var (atDestinations, reports) = new DestinationCheck(home).Run();
        return [.. findings, .. atDestinations, .. drain.Compare(reports)];
    }
}
