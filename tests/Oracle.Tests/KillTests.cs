using Exporter.Delivery.Faults;
using Exporter.Oracle.Kills;

namespace Exporter.Oracle;

public sealed class KillTests
{
    [Fact]
    public void Every_window_gets_its_turn_before_any_gets_the_next()
    {
        var tally = new KillTally();
        var plan = new KillPlan(tally, new Random(1), Failpoint.Names);
        for (var order = 0; tally.Below(5).Count > 0; order++)
        {
            order.ShouldBeLessThan(5 * Failpoint.Names.Count * 2);
            if (plan.Next() is { Window: not null } next)
                tally.Hit(next);
        }

        Failpoint.Names.ShouldAllBe(name => tally.HitsOf(name) == 5);
    }

    [Fact]
    public void A_window_that_was_not_reached_is_tried_again_at_an_earlier_pass()
    {
        var tally = new KillTally();
        var plan = new KillPlan(tally, new Random(1), Failpoint.Names);
        foreach (var name in Failpoint.Names.Where(name => name != "put.after"))
            tally.Hit(new(name, 1, TimeSpan.Zero));
        for (var i = 0; i < 4; i++)
            tally.Miss(new("put.after", 12, TimeSpan.Zero));

        plan.Next().ShouldSatisfyAllConditions(order => order.Window.ShouldBe("put.after"), order => order.Pass.ShouldBe(1));
        tally.Below(1).ShouldBe(["put.after"]);
        tally.Lines().ShouldContain(line => line.Contains("put.after") && line.Contains("4 not reached"));
    }
}
