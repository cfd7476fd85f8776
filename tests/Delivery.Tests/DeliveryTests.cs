using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Exporter.Storage;

namespace Exporter.Delivery;

public sealed class DeliveryTests
{
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
        fixture.Options = fixture.Options with { StallTimeout = TimeSpan.FromSeconds(1.5) };
        var moved = 0;
        var destination = new ScriptedDestination(ExportKind.Dummy, async (attempt, cancel) =>
        {
            while (attempt.Claim.Attempt == 1 || moved++ < 40)
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
    public async Task A_lease_that_could_not_be_renewed_once_is_renewed_at_the_next_tick(StoreKind kind)
    {
        await using var fixture = await DeliveryFixture.OpenAsync(kind);
        fixture.Options = fixture.Options with { Lease = TimeSpan.FromSeconds(3) };
        FailingRenewals? renewals = null;
        fixture.Between = store =>
        {
            (store, renewals) = FailingRenewals.Around(store);
            return store;
        };
        var destination = new ScriptedDestination(ExportKind.Dummy, async (_, cancel) =>
        {
            // At the fourth, a lease that had not been renewed is another worker's.
            await DeliveryFixture.EventuallyAsync(() => Task.FromResult(renewals!.Renewals >= 4 || cancel.IsCancellationRequested));
            return new Outcome.Delivered();
        });
        await fixture.AddExportAsync("one", ExportKind.Dummy);
        await fixture.SealAsync(1);
        await fixture.StartAsync(destination);
        await DeliveryFixture.EventuallyAsync(async () => (await fixture.BooksAsync("one")).Delivered == 1);
        (await fixture.Queries.ListBatchesAsync(null, null, null, 1, DeliveryFixture.Cancel))[0].Attempts.ShouldBe(1);
        destination.Answers.ShouldHaveSingleItem();
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

    [Theory, EveryStore]
    public async Task A_batch_that_fails_and_is_older_than_the_export_allows_is_a_dead_letter(StoreKind kind)
    {
        await using var fixture = await DeliveryFixture.OpenAsync(kind);
        var destination = new ScriptedDestination(ExportKind.Dummy, (_, _) => Task.FromResult<Outcome>(new Outcome.Deferred("busy", "Later.", FaultOf.Batch)));
        await fixture.AddExportAsync("one", ExportKind.Dummy, settings => settings with { MaxAge = TimeSpan.FromMilliseconds(200) });
        await fixture.SealAsync(1);
        await fixture.StartAsync(destination);
        await DeliveryFixture.EventuallyAsync(async () => (await fixture.BooksAsync("one")).Dead == 1);
        var letter = (await fixture.DeadLetters.ListAsync(DeadLetterFilter.All, null, 10, DeliveryFixture.Cancel)).ShouldHaveSingleItem();
        (letter.ErrorType, letter.ErrorDetail, letter.Attempts).ShouldBe(
            ("busy", "Later. The batch was sealed more than 00:00:00.2000000 ago, the most by configuration.", destination.Answers.Count));
    }

    [Theory, EveryStore]
    public async Task A_paused_export_gives_its_claims_back_goes_on_collecting_and_delivers_all_when_resumed(StoreKind kind)
    {
        await using var fixture = await DeliveryFixture.OpenAsync(kind);
        var isHanging = true;
        var begun = new TaskCompletionSource();
        var destination = new ScriptedDestination(ExportKind.Dummy, async (_, cancel) =>
        {
            begun.TrySetResult();
            if (isHanging)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return new Outcome.Delivered();
        });
        await fixture.AddExportAsync("one", ExportKind.Dummy);
        await fixture.SealAsync(2);
        await fixture.StartAsync(destination);
        await begun.Task.WaitAsync(DeliveryFixture.Cancel);
        await fixture.PauseAsync("one", isPaused: true);
        await DeliveryFixture.EventuallyAsync(async () => (await fixture.BooksAsync("one")).InFlight == 0);
        isHanging = false;
        await fixture.SealAsync(2);
        (await fixture.BooksAsync("one")).Waiting.ShouldBe(4);
        destination.Answers.ShouldBeEmpty();
        await fixture.PauseAsync("one", isPaused: false);
        await DeliveryFixture.EventuallyAsync(async () => (await fixture.BooksAsync("one")).Delivered == 4);
    }
}
