namespace Exporter.Oracle.Fleet.Disorders;

/// <summary>Every instance of every service is stopped and started, one after the other, as an upgrade does.</summary>
internal sealed record RollingRestart() : Disorder("rolling restart of all services")
{
    public override bool GoesWithKills => false;

    public override async Task ApplyAsync(FleetHome home, Random random, TimeProvider clock, CancellationToken cancel)
    {
        foreach (var seat in home.Seats)
            await seat.RestartAsync(cancel);
    }
}
