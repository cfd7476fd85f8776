using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Contract;

/// <summary>Batches that are delivered in parts (rules C1, C5).</summary>
public sealed class PartTests
{
    private static readonly Outcome.Deferred Busy = new("busy", "Later.", FaultOf.Batch);

    private static CancellationToken Cancel => StoreFixture.Cancel;

    [Theory, EveryStore]
    public async Task Parts_last_across_attempts_and_restarts_and_the_outcome_is_about_the_rest(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await AddAsync(fixture);
        var first = await fixture.ClaimNewAsync(export, 10);
        (await fixture.DeliverPartAsync(first, 0, 4)).ShouldBeTrue();
        (await fixture.RejectPartAsync(first, 6, 7)).ShouldBeTrue();
        (await BookAsync(fixture)).ShouldBe((4, 0, 5, 1, 0));
        (await fixture.EndAsync(first, Busy)).ShouldBe(new(5, CircuitChange.None));
        (await BookAsync(fixture)).ShouldBe((4, 5, 0, 1, 0));

        await fixture.ReopenAsync();
        var second = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        (await fixture.SettledAsync(second)).ShouldBe("0-4 6-7");
        (await BookAsync(fixture)).ShouldBe((4, 0, 5, 1, 0));
        (await fixture.EndAsync(second, new Outcome.Delivered())).ShouldBe(new(5, CircuitChange.None));
        (await BookAsync(fixture)).ShouldBe((9, 0, 0, 1, 0));
        (await fixture.SettledAsync(second)).ShouldBe("0-4 4-6 6-7 7-10");
        var view = (await fixture.ListAsync(export))[0];
        (view.State, view.SettledReports).ShouldBe((BatchState.Dead, 10));
    }

    [Theory, EveryStore]
    public async Task A_released_claim_and_one_whose_worker_died_keep_the_parts(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await AddAsync(fixture);
        var released = await fixture.ClaimNewAsync(export, 10);
        await fixture.DeliverPartAsync(released, 0, 5);
        (await fixture.Batches.ReleaseAsync(released, Cancel)).ShouldBeTrue();
        (await BookAsync(fixture)).ShouldBe((5, 5, 0, 0, 0));

        var died = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        await fixture.DeliverPartAsync(died, 5, 8);
        await fixture.AdvanceAsync(TimeSpan.FromMinutes(3));
        var last = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        (await fixture.DeliverPartAsync(died, 8, 9)).ShouldBeFalse();
        (await fixture.RejectPartAsync(released, 8, 9)).ShouldBeFalse();
        (await fixture.SettledAsync(last)).ShouldBe("0-8");
        (await BookAsync(fixture)).ShouldBe((8, 0, 2, 0, 0));
        (await fixture.EndAsync(last, new Outcome.Delivered())).ShouldBe(new(2, CircuitChange.None));
        (await BookAsync(fixture)).ShouldBe((10, 0, 0, 0, 0));
        (await fixture.ListAsync(export))[0].State.ShouldBe(BatchState.Delivered);
    }

    [Theory, EveryStore]
    public async Task A_repeated_part_changes_nothing_and_neighbours_share_a_row(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await AddAsync(fixture);
        var claim = await fixture.ClaimNewAsync(export, 20);
        foreach (var (from, to) in new[] { (0, 2), (4, 6), (2, 4), (2, 4), (6, 8), (0, 2), (0, 8) })
            (await fixture.DeliverPartAsync(claim, from, to)).ShouldBeTrue();
        foreach (var (from, to) in new[] { (10, 11), (11, 12), (11, 12), (10, 12) })
            (await fixture.RejectPartAsync(claim, from, to)).ShouldBeTrue();
        await fixture.RejectPartAsync(claim, 12, 13, "another_cause");

        (await fixture.SettledAsync(claim)).ShouldBe("0-8 10-12 12-13");
        (await fixture.CountAsync("done_part")).ShouldBe(1);
        (await fixture.LettersAsync()).Select(letter => (letter.FromReport, letter.ToReport, letter.ErrorType)).ShouldBe([(10, 12, "odd"), (12, 13, "another_cause")]);
        (await BookAsync(fixture)).ShouldBe((8, 0, 9, 3, 0));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => fixture.DeliverPartAsync(claim, 19, 21));
    }

    [Theory, EveryStore]
    public async Task A_batch_that_is_refused_makes_dead_letters_of_what_was_not_settled(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await AddAsync(fixture);
        var claim = await fixture.ClaimNewAsync(export, 10);
        var began = fixture.Clock.GetUtcNow();
        await fixture.DeliverPartAsync(claim, 2, 4);
        await fixture.RecordAsync(claim, Busy);
        await fixture.AdvanceAsync(TimeSpan.FromMinutes(5));
        var second = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        (await fixture.EndAsync(second, new Outcome.Rejected("spent", "Spent."))).ShouldBe(new(8, CircuitChange.None));
        (await BookAsync(fixture)).ShouldBe((2, 0, 0, 8, 0));
        var letters = await fixture.LettersAsync();
        letters.Select(letter => (letter.FromReport, letter.ToReport)).ShouldBe([(0, 2), (4, 10)]);
        letters.ShouldAllBe(letter => letter.Attempts == 2 && letter.FirstAttemptAt == began && letter.CreatedAt == began + TimeSpan.FromMinutes(5));
    }

    [Theory, EveryStore]
    public async Task A_batch_of_which_every_part_is_settled_ends_as_its_parts_did(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await AddAsync(fixture);
        var delivered = await fixture.ClaimNewAsync(export, 4);
        await fixture.DeliverPartAsync(delivered, 0, 4);
        (await fixture.EndAsync(delivered, new Outcome.Rejected("spent", "Spent."))).ShouldBe(new(0, CircuitChange.None));
        var dead = await fixture.ClaimNewAsync(export, 4);
        await fixture.RejectPartAsync(dead, 0, 4);
        (await fixture.EndAsync(dead, new Outcome.Delivered())).ShouldBe(new(0, CircuitChange.None));
        var discarded = await fixture.ClaimNewAsync(export, 4);
        await fixture.RejectPartAsync(discarded, 0, 4, "given_up");
        await fixture.DeadLetters.DiscardAsync(new() { ErrorType = "given_up" }, 10, Cancel);
        (await fixture.EndAsync(discarded, new Outcome.Delivered())).ShouldBe(new(0, CircuitChange.None));

        (await fixture.ListAsync(export)).Reverse().Select(view => view.State).ShouldBe([BatchState.Delivered, BatchState.Dead, BatchState.Discarded]);
        (await BookAsync(fixture)).ShouldBe((4, 0, 0, 4, 4));
        await fixture.ReleaseAllAsync();
        (await fixture.CountAsync("block")).ShouldBe(1);
    }

    [Theory, EveryStore]
    public async Task A_full_export_gives_up_the_rest_of_a_batch_and_keeps_its_dead_letters(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync(
            "limited", settings => settings with { BatchReports = 1, FullPolicy = FullPolicy.DiscardOldest, MaxWaitingReports = 4 });
        var claim = await fixture.ClaimNewAsync(export, 10);
        await fixture.DeliverPartAsync(claim, 0, 2);
        await fixture.RejectPartAsync(claim, 2, 3);
        await fixture.RecordAsync(claim, Busy);
        await fixture.SealAsync();
        (await BookAsync(fixture)).ShouldBe((2, 0, 0, 1, 7));
        await fixture.ReleaseAllAsync();
        (await fixture.DeadLetters.ReadReportsAsync((await fixture.LettersAsync())[0], 10, Cancel)).Count.ShouldBe(1);
        await fixture.DeadLetters.DiscardAsync(new(), 10, Cancel);
        await fixture.ReleaseAllAsync();
        (await fixture.CountAsync("block"), (await fixture.ListAsync(export))[0].State).ShouldBe((0, BatchState.Delivered));
    }

    [Theory, EveryStore]
    public async Task An_export_that_is_deleted_takes_its_parts_with_it_and_old_batches_theirs(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var going = await AddAsync(fixture);
        var claim = await fixture.ClaimNewAsync(going, 10);
        await fixture.DeliverPartAsync(claim, 0, 2);
        await fixture.RejectPartAsync(claim, 2, 3);
        (await fixture.Exports.DeleteAsync(going.Id, 8, Cancel)).ShouldBe(8);
        (await fixture.CountAsync("done_part"), await fixture.CountAsync("dead_letter")).ShouldBe((0, 0));
        (await fixture.RecordAsync(claim, new Outcome.Delivered())).ShouldBeFalse();

        var staying = await fixture.AddExportAsync("staying", settings => settings with { BatchReports = 1 });
        var other = await fixture.ClaimNewAsync(staying, 10);
        await fixture.DeliverPartAsync(other, 0, 2);
        await fixture.RecordAsync(other, new Outcome.Delivered());
        await fixture.ReleaseAllAsync();
        await fixture.AdvanceAsync(TimeSpan.FromDays(31));
        await fixture.ReleaseAllAsync();
        (await fixture.CountAsync("batch"), await fixture.CountAsync("done_part"), await fixture.CountAsync("block")).ShouldBe((0, 0, 0));
    }

    private static Task<ExportDefinition> AddAsync(StoreFixture fixture) => fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });

    private static async Task<(long Delivered, long Waiting, long InFlight, long Dead, long Discarded)> BookAsync(StoreFixture fixture)
    {
        var book = (await fixture.BooksAsync()).ShouldHaveSingleItem();
        return (book.Delivered, book.Waiting, book.InFlight, book.Dead, book.Discarded);
    }
}
