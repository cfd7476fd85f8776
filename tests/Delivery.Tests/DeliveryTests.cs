using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Exporter.Storage;

namespace Exporter.Delivery;

public sealed class DeliveryTests
{
    private static readonly Outcome.Deferred Away = new("away", "Check it.", FaultOf.Destination);

    [Theory, EveryStore]
    public async Task While_a_destination_is_away_only_probes_are_sent_and_afterwards_the_oldest_goes_first(StoreKind kind)
    {
        await using var fixture = await DeliveryFixture.OpenAsync(kind);
        var isAway = true;
        var destination = new ScriptedDestination(ExportKind.Dummy, (_, _) => Task.FromResult<Outcome>(isAway ? Away : new Outcome.Delivered()));
        await fixture.AddExportAsync("one", ExportKind.Dummy, settings => settings with { Concurrency = 1 });
        await fixture.SealAsync(6);
        await fixture.StartAsync(destination);

        await DeliveryFixture.EventuallyAsync(() => Task.FromResult(destination.Answers.Count >= 5));
        var probes = destination.Answers.ToList();
        probes.Select(probe => probe.Batch).Distinct().Count().ShouldBe(1);
        probes.Select(probe => probe.Attempt).ShouldBe(Enumerable.Range(1, probes.Count));

        isAway = false;
        await DeliveryFixture.EventuallyAsync(async () => (await fixture.BooksAsync("one")).Delivered == 6);
        var sealedOrder = (await fixture.Queries.ListBatchesAsync(null, null, null, 10, DeliveryFixture.Cancel)).Reverse().Select(view => view.Batch.Id);
        destination.Answers.Where(answer => answer.Outcome is Outcome.Delivered).Select(answer => answer.Batch).ShouldBe(sealedOrder);
    }

    [Theory, EveryStore]
    public async Task One_hanging_destination_harms_only_itself(StoreKind kind)
    {
        await using var fixture = await DeliveryFixture.OpenAsync(kind);
        var hanging = new ScriptedDestination(ExportKind.S3, async (_, cancel) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return new Outcome.Delivered();
        });
        var healthy = new ScriptedDestination(ExportKind.Dummy, (_, _) => Task.FromResult<Outcome>(new Outcome.Delivered()));
        await fixture.AddExportAsync("hanging", ExportKind.S3);
        await fixture.AddExportAsync("healthy", ExportKind.Dummy);
        await fixture.StartAsync(hanging, healthy);
        for (var round = 1; round <= 5; round++)
        {
            await fixture.SealAsync(20);
            await DeliveryFixture.EventuallyAsync(async () => (await fixture.BooksAsync("healthy")).Delivered == 20 * round);
        }

        hanging.MostAtOnce.ShouldBeLessThanOrEqualTo(2);
        var books = await fixture.BooksAsync("hanging");
        (books.Delivered, books.Waiting + books.InFlight).ShouldBe((0, 100));
    }

    [Theory, EveryStore]
    public async Task An_attempt_without_progress_ends_and_one_with_progress_goes_on(StoreKind kind)
    {
        await using var fixture = await DeliveryFixture.OpenAsync(kind);
        fixture.Options = fixture.Options with { StallTimeout = TimeSpan.FromMilliseconds(300) };
        var moved = 0;
        var destination = new ScriptedDestination(ExportKind.Dummy, async (attempt, cancel) =>
        {
            while (attempt.Claim.Attempt == 1 || moved++ < 20)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancel);
                if (attempt.Claim.Attempt > 1)
                    attempt.Progress();
            }

            return new Outcome.Delivered();
        });
        await fixture.AddExportAsync("one", ExportKind.Dummy);
        await fixture.SealAsync(1);
        await fixture.StartAsync(destination);
        await DeliveryFixture.EventuallyAsync(async () => (await fixture.BooksAsync("one")).Delivered == 1);
        (await fixture.Queries.ListBatchesAsync(null, null, null, 1, DeliveryFixture.Cancel))[0].Attempts.ShouldBe(2);
    }

    [Theory, EveryStore]
    public async Task Spent_attempts_make_a_dead_letter_with_its_cause_and_an_unexpected_fault_is_kept(StoreKind kind)
    {
        await using var fixture = await DeliveryFixture.OpenAsync(kind);
        var destination = new ScriptedDestination(ExportKind.Dummy, (_, _) => throw new FormatException("Odd."));
        await fixture.AddExportAsync("one", ExportKind.Dummy, settings => settings with { MaxAttempts = 3 });
        await fixture.SealAsync(1);
        await fixture.StartAsync(destination);
        await DeliveryFixture.EventuallyAsync(async () => (await fixture.BooksAsync("one")).Dead == 1);
        var letter = (await fixture.DeadLetters.ListAsync(DeadLetterFilter.All, null, 10, DeliveryFixture.Cancel)).ShouldHaveSingleItem();
        (letter.ErrorType, letter.ErrorDetail).ShouldBe(("internal", "FormatException: Odd. That was attempt 3, the last by configuration."));
    }

    [Theory, EveryStore]
    public async Task A_stop_gives_running_claims_back_without_an_attempt(StoreKind kind)
    {
        await using var fixture = await DeliveryFixture.OpenAsync(kind);
        var begun = new TaskCompletionSource();
        var destination = new ScriptedDestination(ExportKind.Dummy, async (_, cancel) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return new Outcome.Delivered();
        });
        await fixture.AddExportAsync("one", ExportKind.Dummy);
        await fixture.SealAsync(1);
        await fixture.StartAsync(destination);
        await begun.Task.WaitAsync(DeliveryFixture.Cancel);
        await fixture.StopAsync();
        var view = (await fixture.Queries.ListBatchesAsync(null, null, null, 1, DeliveryFixture.Cancel))[0];
        (view.State, view.Attempts).ShouldBe((BatchState.Sealed, 0));
        (await fixture.BooksAsync("one")).Waiting.ShouldBe(1);
    }
}
