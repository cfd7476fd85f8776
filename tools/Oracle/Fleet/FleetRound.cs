using Exporter.Admin.V1;
using Exporter.Oracle.Checks;
using Exporter.Oracle.Clients;
using Exporter.Oracle.Fleet.Disorders;
using Exporter.TestKit.Processes;
using Grpc.Core;

namespace Exporter.Oracle.Fleet;

/// <summary>Clients hand in while something goes wrong; then all is well again, drains, and is looked at.</summary>
internal sealed class FleetRound(FleetHome home, DestinationCheck destinations, Killers killers, Random random, TimeProvider clock)
{
    private static readonly TimeSpan Undisturbed = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(3);
    private static readonly Pace Pace = new(TimeSpan.FromMilliseconds(1500), TimeSpan.FromMinutes(2));

    /// <summary>Runs; what it found.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync(Disorder disorder, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        using (var crowd = new Crowd(home.Supply, home.Board, random, Pace, clock, cancel))
        {
            var armed = disorder.GoesWithKills ? await killers.ArmAsync(home, cancel) : [];
            await disorder.ApplyAsync(home, random, clock, cancel);
            await killers.SettleAsync(armed, cancel);
            await Task.WhenAll(home.Seats.Select(seat => seat.ListeningAsync(cancel)));
            await Task.Delay(Undisturbed, clock, cancel);
            findings.AddRange(await crowd.EndAsync(LongestEnd));
        }

        findings.AddRange(await new HealthCheck(home, clock).WaitAsync(cancel));
        var drain = new DrainCheck(home, LongestDrain, clock);
        using (var door = await home.OpenAdminAsync(cancel))
            findings.AddRange(await drain.WaitAsync(() => StatusAsync(door, cancel), cancel));
        var (atDestinations, reports) = await destinations.RunAsync(cancel);
        while (home.Findings.TryDequeue(out var finding))
            findings.Add(finding);
        return [.. findings, .. atDestinations, .. drain.Compare(reports)];
    }

    private static async Task<GetStatusResponse?> StatusAsync(AdminDoor door, CancellationToken cancel)
    {
        try
        {
            return await door.Client.GetStatusAsync(new(), cancellationToken: cancel);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
        {
            return null;
        }
    }
}
