using Exporter.Standalone.Boxes;
using Exporter.TestKit.Processes;
using Exporter.TestKit.Servers;

namespace Exporter.Standalone;

/// <summary>Services under the loss of what they stand on: what was acknowledged is delivered, once.</summary>
public sealed class FleetTests
{
    private static readonly string[] Services = ["services/Ingest", "services/Router", "services/S3Export"];

    [Fact]
    public async Task Two_instances_of_each_service_share_the_work_and_lose_nothing_when_one_of_each_is_killed()
    {
        await using var crowd = await Crowd.StartAsync(instances: 2);
        await crowd.SubmitAsync(100);

        foreach (var service in Services)
        {
            await crowd.SubmitWhileAsync(60, async () =>
            {
                await crowd.FirstOf(service).KillAsync();
                await crowd.Fleet.StartOneAsync(service);
            });
        }

        await crowd.ShouldDeliverAllOnceAsync();
    }

    [Fact]
    public async Task Without_a_broker_reports_are_taken_and_delivered_and_doorbells_ring_again_when_it_is_back()
    {
        await using var crowd = await Crowd.StartAsync();
        await crowd.SubmitAsync(20);

        await crowd.Broker.StopNodeAsync();
        (await crowd.SubmitAsync(50)).ShouldBe(50, "no request is refused for want of a broker");
        await crowd.ShouldDeliverAllOnceAsync();
        await crowd.Broker.StartNodeAsync();

        await crowd.SubmitAsync(20);
        await crowd.ShouldDeliverAllOnceAsync();
        await crowd.ShouldBeHealthyAsync();
    }

    [Fact]
    public async Task A_database_that_dies_and_comes_back_loses_nothing_and_is_told_by_health()
    {
        await using var crowd = await Crowd.StartAsync();
        await crowd.SubmitAsync(20);

        await crowd.SubmitWhileAsync(60, async () =>
        {
            await crowd.Database.KillAsync();
            await crowd.ShouldBeUnhealthyAsync();
            await crowd.Database.StartProcessAsync();
        });

        await crowd.ShouldBeHealthyAsync();
        await crowd.SubmitAsync(20);
        await crowd.ShouldDeliverAllOnceAsync();
    }

    [Fact]
    public async Task A_rolling_restart_under_load_refuses_nothing_for_good()
    {
        await using var crowd = await Crowd.StartAsync(instances: 2);

        foreach (var service in Services)
        {
            await crowd.SubmitWhileAsync(60, async () =>
            {
                foreach (var old in crowd.AllOf(service))
                {
                    await crowd.Fleet.StartOneAsync(service);
                    (await old.StopAsync(Box.LongestStop)).ShouldBe(0);
                }
            });
        }

        await crowd.ShouldDeliverAllOnceAsync();
    }
}
