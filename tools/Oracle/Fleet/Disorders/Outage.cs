using Exporter.Oracle.Fleet.Servers;

namespace Exporter.Oracle.Fleet.Disorders;

/// <summary>Servers are away at the same time, and come back.</summary>
internal sealed record Outage(IReadOnlyList<Server> Servers) : Disorder($"{string.Join(" and ", Servers.Select(server => server.Name))} away")
{
    private const int ShortestMilliseconds = 500;
    private const int LongestMilliseconds = 4000;

    public override async Task ApplyAsync(FleetHome home, Random random, TimeProvider clock, CancellationToken cancel)
    {
        await Task.WhenAll(Servers.Select(server => server.StopAsync()));
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(ShortestMilliseconds, LongestMilliseconds)), clock, cancel);
        await Task.WhenAll(Servers.Select(server => server.StartAsync()));
    }
}
