using Exporter.Oracle.Fleet.Seats;
using Exporter.TestKit.Processes;

namespace Exporter.Oracle.Fleet.Disorders;

/// <summary>One instance stands still past its lease, while others go on, and then goes on itself (rule C1).</summary>
internal sealed record Freeze(Service Service) : Disorder($"{Service.Name} stands still past its lease")
{
    private static readonly TimeSpan Past = FleetHome.Lease + TimeSpan.FromSeconds(2);

    public override bool GoesWithKills => false;

    public override async Task ApplyAsync(FleetHome home, Random random, TimeProvider clock, CancellationToken cancel)
    {
        var seats = home.SeatsOf(Service).ToList();
        var stay = await seats[random.Next(seats.Count)].ListeningAsync(cancel);
        Signals.SendStop(stay.Process.Id);
        await Task.Delay(Past, clock, cancel);
        Signals.SendContinue(stay.Process.Id);
    }
}
