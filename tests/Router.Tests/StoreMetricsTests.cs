using Exporter.Admin.Tests.Stand;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Faults;
using Exporter.Router.Routing;
using Exporter.Router.Telemetry;
using Microsoft.Extensions.Logging;

namespace Exporter.Router;

/// <summary>What is measured is read from the store (rule C8): each number beside what was put there.</summary>
public sealed class StoreMetricsTests
{
    private static CancellationToken Cancel => StoreStand.Cancel;

    [Fact]
    public async Task Books_queues_circuits_and_pauses_are_those_of_the_store()
    {
        await using var stand = await StoreStand.OpenAsync();
        await stand.AddExportAsync("good");
        await stand.AddExportAsync("down");
        await stand.AddExportAsync("still", isPaused: true);
        for (var i = 0; i < 3; i++)
            await stand.RouteAsync(2);
        await stand.EndAsync("good", new Outcome.Delivered());
        await stand.EndAsync("good", new Outcome.Rejected("odd", "Odd."));
        await stand.EndAsync("down", new Outcome.Deferred("refused", "Connection refused.", FaultOf.Destination));

        using var measurements = new Measurements();
        using var gauges = new StoreGauges(stand.Queries, stand.Snapshots, stand.Clock, new Logger<StoreGauges>(new LoggerFactory()));
        await gauges.StartAsync(Cancel);
        var values = await EventuallyAsync(stand, measurements, values => values.ContainsKey("exporter.book.size good routed"));
        await gauges.StopAsync(Cancel);

        Book("good").ShouldBe([6, 2, 2, 0, 2, 0]);
        Book("down").ShouldBe([6, 0, 6, 0, 0, 0]);
        Of("exporter.queue.size").ShouldBe([2, 6, 6]);
        Of("exporter.dead_letter.size").ShouldBe([2, 0, 0]);
        Of("exporter.export.paused").ShouldBe([0, 0, 1]);
        (values["exporter.circuit.status down open"], values["exporter.circuit.status down closed"]).ShouldBe((1, 0));
        (values["exporter.circuit.status good open"], values["exporter.circuit.status good closed"]).ShouldBe((0, 1));
        values["exporter.route.backlog"].ShouldBe(0);
        values["exporter.store.size"].ShouldBeGreaterThan(0);
        values["exporter.queue.age down"].ShouldBeInRange(0, 600);
        values["exporter.batch.age still dummy"].ShouldBeInRange(0, 600);

        double[] Book(string export) =>
            [.. new[] { "routed", "delivered", "waiting", "in_flight", "dead", "discarded" }.Select(entry => values[$"exporter.book.size {export} {entry}"])];
        double[] Of(string metric) => [.. new[] { "good", "down", "still" }.Select(export => values[$"{metric} {export}"])];
    }

    [Fact]
    public async Task A_block_that_nothing_needs_is_told_once_and_counted_as_long_as_it_is_there()
    {
        await using var stand = await StoreStand.OpenAsync();
        await stand.AddExportAsync("only");
        await stand.RouteAsync(2);
        using var measurements = new Measurements();
        using var log = new ListedLog();
        using var logs = new LoggerFactory([log]);
        using var sweep = new OrphanSweep(stand.Queries, stand.Clock, new Logger<OrphanSweep>(logs));
        await sweep.SweepAsync(Cancel);
        measurements.Read()["exporter.store.orphans"].ShouldBe(0);
        log.Sentences.ShouldBeEmpty();

        await stand.MiscountAsync();
        await stand.EndAsync("only", new Outcome.Delivered());
        await sweep.StartAsync(Cancel);
        await EventuallyAsync(stand, measurements, values => values["exporter.store.orphans"] == 1);
        await sweep.SweepAsync(Cancel);
        await sweep.StopAsync(Cancel);
        log.Sentences.ShouldHaveSingleItem().ShouldContain("1 blocks are kept although no export needs them");
    }

    /// <summary>Rings the clock until the measurements are so.</summary>
    private static async Task<IReadOnlyDictionary<string, double>> EventuallyAsync(
        StoreStand stand, Measurements measurements, Func<IReadOnlyDictionary<string, double>, bool> condition)
    {
        while (true)
        {
            stand.Clock.Ring();
            if (measurements.Read() is var values && condition(values))
                return values;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
        }
    }
}
