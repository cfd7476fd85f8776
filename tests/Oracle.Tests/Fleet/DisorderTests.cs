using Exporter.Delivery.Faults;
using Exporter.Oracle.Fleet.Disorders;
using Exporter.Oracle.Fleet.Seats;
using Exporter.Oracle.Fleet.Servers;
using Exporter.TestKit.Time;

namespace Exporter.Oracle.Fleet;

public sealed class DisorderTests
{
    private readonly List<string> said = [];
    private readonly IReadOnlyList<Server> servers;

    public DisorderTests() => servers =
    [
        .. new[] { "A", "B", "C" }.Select(name => new Server(name, () => SayAsync($"{name} stops"), () => SayAsync($"{name} starts"))),
    ];

    [Fact]
    public void Every_server_goes_away_alone_and_with_each_other()
    {
        Disorder.Of(servers).OfType<Outage>().Select(outage => outage.Name).ShouldBe(
            ["A away", "B away", "C away", "A and B away", "A and C away", "B and C away"], ignoreOrder: true);
        Disorder.Of(servers).OfType<Freeze>().Select(freeze => freeze.Service).ShouldBe(Service.All);
    }

    [Fact]
    public void Every_kind_gets_its_turn_before_any_gets_the_next()
    {
        var all = Disorder.Of(servers);
        var plan = new DisorderPlan(all, new Random(1));
        for (var turn = 0; turn < 3 * all.Count; turn++)
            plan.Count(plan.Next());

        plan.Below(3).ShouldBeEmpty();
        plan.Below(4).Count.ShouldBe(all.Count);
    }

    [Fact]
    public async Task In_an_outage_all_its_servers_are_away_at_the_same_time()
    {
        await new Outage([servers[0], servers[1]]).ApplyAsync(null!, new Random(1), new FastClock(100), TestContext.Current.CancellationToken);

        said.Take(2).ShouldBe(["A stops", "B stops"]);
        said.Skip(2).ShouldBe(["A starts", "B starts"]);
    }

    [Fact]
    public void Every_window_belongs_to_one_service() => Service.All.SelectMany(service => service.Windows).ShouldBe(
        Failpoint.Names.Except(["part.before", "part.after"]), ignoreOrder: true, "parts are GeosubmitExport's, which the fleet of the oracle has not");

    private Task SayAsync(string word)
    {
        said.Add(word);
        return Task.CompletedTask;
    }
}
