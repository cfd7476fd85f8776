using Exporter.Delivery.Faults;
using Exporter.Oracle.Fleet.Seats;
using Exporter.Oracle.Kills;

namespace Exporter.Oracle.Fleet;

/// <summary>Kills one instance of each service at a moment, and the one in its place at a window.</summary>
internal sealed class Killers(Random random, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private readonly KillTally tally = new();
    private readonly Dictionary<Service, int> timesByService = Service.All.ToDictionary(service => service, _ => 0);
    private readonly Dictionary<Service, KillPlan> plans = [];

    /// <summary>Windows that were hit, and services that were killed, more rarely.</summary>
    private static IEnumerable<string> Windows => Service.All.SelectMany(service => service.Windows);

    public IReadOnlyList<string> Below(int least) =>
        [.. tally.Below(least).Intersect(Windows), .. timesByService.Where(service => service.Value < least).Select(service => service.Key.Name)];

    public int Kills => timesByService.Values.Sum() + Windows.Sum(tally.HitsOf);

    /// <summary>The first of the two kills, for each service. Now and then returns only when those in their place listen.</summary>
    public async Task<IReadOnlyList<(Seat Seat, Stay Stay)>> ArmAsync(FleetHome home, CancellationToken cancel)
    {
        var orders = Service.All.Select(service => (Seat: SeatOf(home, service), Order: PlanOf(service).AtWindow())).ToList();
        var stays = await Task.WhenAll(orders.Select(each => each.Seat.ArmAsync(each.Order, cancel)));
        foreach (var (seat, _) in orders)
            timesByService[seat.Service]++;
        if (random.Next(2) == 0)
            await Task.WhenAll(orders.Zip(stays, (each, stay) => each.Seat.ListensOrEndedAsync(stay, cancel)));
        return [.. orders.Zip(stays, (each, stay) => (each.Seat, stay))];
    }

    /// <summary>Waits for the second; where the window is not reached, kills anyhow.</summary>
    public Task SettleAsync(IReadOnlyList<(Seat Seat, Stay Stay)> armed, CancellationToken cancel) =>
        Task.WhenAll(armed.Select(each => SettleAsync(each.Seat, each.Stay, cancel)));

    public IEnumerable<string> Lines() =>
    [
        .. Windows.Select(name => Line($"SIGKILL at {name}", tally.HitsOf(name))),
        .. timesByService.Select(service => Line($"SIGKILL of {service.Key.Name} at a moment", service.Value)),
    ];

    private static string Line(string what, int times) => $"  {what,-42} {times,5}";

    private async Task SettleAsync(Seat seat, Stay stay, CancellationToken cancel)
    {
        await seat.ListensOrEndedAsync(stay, cancel);
        await Task.WhenAny(stay.Process.Ended, Task.Delay(LongestWait, clock, cancel));
        await stay.KillAsync();
        if (stay.IsHit)
        {
            tally.Hit(stay.Order!);
            return;
        }

        tally.Miss(stay.Order!);
        timesByService[seat.Service]++;
    }

    private Seat SeatOf(FleetHome home, Service service)
    {
        var seats = home.SeatsOf(service).ToList();
        return seats[random.Next(seats.Count)];
    }

    private KillPlan PlanOf(Service service) => plans.TryGetValue(service, out var plan) ? plan : plans[service] = new(tally, random, service.Windows);
}
