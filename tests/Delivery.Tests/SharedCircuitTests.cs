using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Storage;

namespace Exporter.Delivery;

/// <summary>Destinations at fault, over a real store (rule C2).</summary>
public sealed class SharedCircuitTests
{
    private static readonly Outcome.Deferred Away = new("away", "Check it.", FaultOf.Destination);

    [Theory, EveryStore]
    public async Task First_faults_put_batches_back_then_only_probes_are_sent_and_afterwards_the_oldest_goes_first(StoreKind kind)
    {
        await using var fixture = await DeliveryFixture.OpenAsync(kind);
        var answers = 0;
        var destination = new ScriptedDestination(ExportKind.Dummy, (_, _) => Task.FromResult<Outcome>(++answers <= 7 ? Away : new Outcome.Delivered()));
        await fixture.AddExportAsync(
            "one", ExportKind.Dummy, settings => settings with { Concurrency = 1, FirstBackOff = TimeSpan.FromHours(1), LongestBackOff = TimeSpan.FromHours(1) });
        await fixture.SealAsync(6);
        await fixture.StartAsync(destination);

        await DeliveryFixture.EventuallyAsync(async () => (await fixture.BooksAsync("one")).Delivered == 4);
        var numbers = (await fixture.Queries.ListBatchesAsync(null, null, null, 10, DeliveryFixture.Cancel)).Reverse().Select(view => view.Batch.Id).ToList();
        destination.Answers.Select(answer => numbers.IndexOf(answer.Batch) + 1).ShouldBe([1, 2, 3, 3, 5, 3, 3, 3, 4, 5, 6]);
        (await fixture.BooksAsync("one")).Waiting.ShouldBe(2);
        (await fixture.Queries.ReadCircuitsAsync(DeliveryFixture.Cancel)).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task A_batch_that_the_destination_fails_on_does_not_keep_the_circuit_open_for_the_others(StoreKind kind)
    {
        await using var fixture = await DeliveryFixture.OpenAsync(kind);
        fixture.Options = fixture.Options with { FaultsToOpen = 1 };
        var poison = Guid.Empty;
        var destination = new ScriptedDestination(ExportKind.Dummy, (attempt, _) =>
        {
            if (poison == Guid.Empty)
                poison = attempt.Batch.Id;
            return Task.FromResult<Outcome>(attempt.Batch.Id == poison ? Away : new Outcome.Delivered());
        });
        await fixture.AddExportAsync("one", ExportKind.Dummy, settings => settings with { Concurrency = 1 });
        await fixture.SealAsync(6);
        await fixture.StartAsync(destination);
        await DeliveryFixture.EventuallyAsync(async () => (await fixture.BooksAsync("one")).Delivered == 5);
        destination.Answers.Where(answer => answer.Outcome is Outcome.Delivered).ShouldAllBe(answer => answer.Batch != poison);
    }

    [Theory, EveryStore]
    public async Task Two_processes_share_a_circuit_and_send_one_probe_between_them(StoreKind kind)
    {
        await using var fixture = await DeliveryFixture.OpenAsync(kind);
        fixture.Options = fixture.Options with { FaultsToOpen = 1 };
        var isAway = true;
        var destination = new ScriptedDestination(ExportKind.Dummy, async (_, cancel) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancel);
            return isAway ? Away : new Outcome.Delivered();
        });
        await fixture.AddExportAsync("one", ExportKind.Dummy, settings => settings with { Concurrency = 4 });
        await fixture.SealAsync(1);
        await fixture.StartAsync(destination);
        await DeliveryFixture.EventuallyAsync(async () => (await fixture.Queries.ReadCircuitsAsync(DeliveryFixture.Cancel)).Any(circuit => circuit.IsOpen));
        await fixture.SealAsync(9);
        await fixture.StartAnotherAsync(destination);
        await DeliveryFixture.EventuallyAsync(() => Task.FromResult(destination.Answers.Count >= 12));
        destination.MostAtOnce.ShouldBe(1);
        isAway = false;
        await DeliveryFixture.EventuallyAsync(async () => (await fixture.BooksAsync("one")).Delivered == 10);
    }
}
