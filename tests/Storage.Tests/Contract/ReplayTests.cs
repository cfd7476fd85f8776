using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Contract;

/// <summary>Dead letters and delivered batches that are sent again, or given up (rules C1, C5).</summary>
public sealed class ReplayTests
{
    private static readonly Outcome.Rejected Odd = new("odd", "Odd.");

    private static CancellationToken Cancel => StoreFixture.Cancel;

    [Theory, EveryStore]
    public async Task A_replayed_letter_is_a_new_try_under_a_new_attempt_and_what_was_delivered_stays_so(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await AddAsync(fixture);
        var first = await fixture.ClaimNewAsync(export, 10);
        await fixture.RecordAsync(first, new Outcome.Deferred("busy", "Later.", FaultOf.Batch));
        var second = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        await fixture.RejectPartAsync(second, 2, 4);
        await fixture.RejectPartAsync(second, 6, 7, "another_cause");
        await fixture.RecordAsync(second, new Outcome.Delivered());
        (await fixture.DeadLetters.ReplayAsync(new() { ErrorType = "odd" }, 10, Cancel)).ShouldBe(new(1, 2));
        (await BookAsync(fixture)).ShouldBe((7, 2, 0, 1, 0));

        var again = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        (again.Attempt, again.Try, again.Batch.Id).ShouldBe((3, 1, first.Batch.Id));
        (await fixture.SettledAsync(again)).ShouldBe("0-2 4-6 6-7 7-10");
        (await fixture.RecordAsync(second, Odd)).ShouldBeFalse();
        (await fixture.EndAsync(again, new Outcome.Delivered())).ShouldBe(new(2, CircuitChange.None));
        (await BookAsync(fixture)).ShouldBe((9, 0, 0, 1, 0));
        (await fixture.ListAsync(export))[0].State.ShouldBe(BatchState.Dead);

        (await fixture.DeadLetters.ReplayAsync(new(), 10, Cancel)).ShouldBe(new(1, 1));
        (await fixture.DeliverAllAsync(export)).ShouldBe(1);
        (await BookAsync(fixture)).ShouldBe((10, 0, 0, 0, 0));
        (await fixture.ListAsync(export))[0].State.ShouldBe(BatchState.Delivered);
        await fixture.ReleaseAllAsync();
        (await fixture.CountAsync("block")).ShouldBe(0);
    }

    [Theory, EveryStore]
    public async Task Letters_of_a_batch_that_is_being_sent_are_replayed_afterwards_so_that_none_counts_as_delivered_unsent(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await AddAsync(fixture);
        var first = await fixture.ClaimNewAsync(export, 10);
        await fixture.RejectPartAsync(first, 0, 1);
        await fixture.RejectPartAsync(first, 5, 6);
        await fixture.RecordAsync(first, new Outcome.Delivered());
        var ids = (await fixture.LettersAsync()).Select(letter => letter.Id).ToList();
        (await fixture.DeadLetters.ReplayAsync(new(), 1, Cancel)).ShouldBe(new(1, 1));

        var sending = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        (await fixture.DeadLetters.ReplayAsync(new() { Ids = ids }, 10, Cancel)).ShouldBe(default);
        (await fixture.SettledAsync(sending)).ShouldBe("1-5 5-6 6-10");
        (await fixture.EndAsync(sending, new Outcome.Delivered())).ShouldBe(new(1, CircuitChange.None));
        (await BookAsync(fixture)).ShouldBe((9, 0, 0, 1, 0));
        (await fixture.DeadLetters.ReplayAsync(new() { Ids = ids }, 10, Cancel)).ShouldBe(new(1, 1));
        (await BookAsync(fixture)).ShouldBe((9, 1, 0, 0, 0));
    }

    [Theory, EveryStore]
    public async Task A_letter_of_a_batch_that_waits_already_joins_it(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await AddAsync(fixture);
        var first = await fixture.ClaimNewAsync(export, 10);
        await fixture.RejectPartAsync(first, 0, 1);
        await fixture.RejectPartAsync(first, 5, 7);
        await fixture.RecordAsync(first, new Outcome.Deferred("busy", "Later.", FaultOf.Batch), TimeSpan.FromHours(1));
        (await fixture.ClaimAsync(export)).ShouldBeNull();
        (await fixture.DeadLetters.ReplayAsync(new(), 1, Cancel)).ShouldBe(new(1, 1));
        (await fixture.DeadLetters.ReplayAsync(new(), 10, Cancel)).ShouldBe(new(1, 2));
        var again = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        (await fixture.SettledAsync(again), again.Try).ShouldBe(("", 1));
        (await BookAsync(fixture)).ShouldBe((0, 0, 10, 0, 0));
    }

    [Theory, EveryStore]
    public async Task The_last_letter_given_up_ends_the_batch_and_nothing_goes_before(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await AddAsync(fixture);
        var partly = await fixture.ClaimNewAsync(export, 10);
        await fixture.RejectPartAsync(partly, 0, 1);
        await fixture.RejectPartAsync(partly, 5, 7);
        await fixture.RecordAsync(partly, new Outcome.Delivered(), retain: TimeSpan.FromHours(1));
        await fixture.RecordAsync(await fixture.ClaimNewAsync(export, 3), Odd);

        (await fixture.DeadLetters.DiscardAsync(new(), 1, Cancel)).ShouldBe(new(1, 1));
        await fixture.AdvanceAsync(TimeSpan.FromMinutes(30));
        await fixture.ReleaseAllAsync();
        (await fixture.CountAsync("block")).ShouldBe(2);
        (await fixture.DeadLetters.DiscardAsync(new(), 10, Cancel)).ShouldBe(new(2, 5));
        (await BookAsync(fixture)).ShouldBe((7, 0, 0, 0, 6));
        (await fixture.ListAsync(export)).Reverse().Select(view => view.State).ShouldBe([BatchState.Delivered, BatchState.Discarded]);
        await fixture.ReleaseAllAsync();
        (await fixture.CountAsync("block")).ShouldBe(1);
        await fixture.AdvanceAsync(TimeSpan.FromMinutes(31));
        await fixture.ReleaseAllAsync();
        (await fixture.CountAsync("block"), await fixture.CountPayloadsAsync(), await fixture.CountAsync("membership")).ShouldBe((0, 0, 0));
        await fixture.BooksAsync();
    }

    [Theory, EveryStore]
    public async Task Letters_given_up_while_their_batch_is_sent_stay_given_up(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await AddAsync(fixture);
        var claim = await fixture.ClaimNewAsync(export, 10);
        await fixture.RejectPartAsync(claim, 0, 4);
        (await fixture.DeadLetters.DiscardAsync(new(), 10, Cancel)).ShouldBe(new(1, 4));
        (await BookAsync(fixture)).ShouldBe((0, 0, 6, 0, 4));
        (await fixture.EndAsync(claim, new Outcome.Delivered())).ShouldBe(new(6, CircuitChange.None));
        (await BookAsync(fixture)).ShouldBe((6, 0, 0, 0, 4));
        (await fixture.ListAsync(export))[0].State.ShouldBe(BatchState.Delivered);
    }

    [Theory, EveryStore]
    public async Task A_delivered_batch_is_sent_again_while_it_is_retained_but_for_what_was_given_up(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await AddAsync(fixture);
        var day = TimeSpan.FromDays(1);
        var partly = await fixture.ClaimNewAsync(export, 10);
        await fixture.RejectPartAsync(partly, 2, 5);
        await fixture.DeadLetters.DiscardAsync(new(), 10, Cancel);
        await fixture.RecordAsync(partly, new Outcome.Delivered(), retain: day);
        await fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        await fixture.RecordAsync(await fixture.ClaimNewAsync(export, 4), new Outcome.Delivered(), retain: day);
        await fixture.RecordAsync(await fixture.ClaimNewAsync(export, 5), new Outcome.Delivered());

        (await fixture.Retained.CountAsync(new(), Cancel)).ShouldBe(new(2, 11));
        (await fixture.Retained.CountAsync(new() { ExportId = export.Id, From = fixture.Clock.GetUtcNow() }, Cancel)).ShouldBe(new(1, 4));
        (await fixture.Retained.CountAsync(new() { ExportId = Guid.NewGuid() }, Cancel)).ShouldBe(default);
        (await fixture.Retained.ReplayAsync(new() { ExportId = export.Id, To = fixture.Clock.GetUtcNow() + day }, 1, Cancel)).ShouldBe(new(1, 7));
        (await BookAsync(fixture)).ShouldBe((9, 7, 0, 0, 3));
        (await fixture.Retained.ReplayAsync(new() { BatchId = partly.Batch.Id }, 10, Cancel)).ShouldBe(default);

        var again = (await fixture.ClaimAsync(export)).ShouldNotBeNull();
        (again.Batch.Id, again.Attempt, again.Try, await fixture.SettledAsync(again)).ShouldBe((partly.Batch.Id, 2, 1, "2-5"));
        await fixture.RecordAsync(again, new Outcome.Delivered(), retain: day);
        (await BookAsync(fixture)).ShouldBe((16, 0, 0, 0, 3));
        await fixture.AdvanceAsync(day);
        (await fixture.Retained.ReplayAsync(new(), 10, Cancel)).ShouldBe(default);
        await fixture.ReleaseAllAsync();
        (await fixture.CountAsync("block")).ShouldBe(0);
    }

    [Theory, EveryStore]
    public async Task Dead_letters_are_found_by_each_part_of_a_filter_and_oldest_first(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var (one, two) = (await AddAsync(fixture), await AddAsync(fixture, "two", "skipped"));
        var began = fixture.Clock.GetUtcNow();
        foreach (var errorType in new[] { "odd", "large", "odd", "large" })
        {
            await fixture.RecordAsync(await fixture.ClaimNewAsync(one, 2), new Outcome.Rejected(errorType, "Odd."));
            await fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        await fixture.CommitAsync(3, "other");
        await fixture.RouteAsync();
        while (await fixture.ClaimAsync(two) is { } claim)
            await fixture.RecordAsync(claim, Odd);
        var all = await fixture.LettersAsync();
        async Task<string> FoundAsync(DeadLetterFilter filter)
        {
            var letters = await fixture.LettersAsync(filter);
            (await fixture.DeadLetters.CountAsync(filter, Cancel)).ShouldBe(letters.Select(letter => letter.Totals).Aggregate(default(ReportTotals), ReportTotals.Add));
            return string.Join(' ', letters.Select(letter => all.ToList().IndexOf(letter)));
        }

        (await FoundAsync(new() { ExportId = one.Id })).ShouldBe("0 1 2 3");
        (await FoundAsync(new() { ErrorType = "large" })).ShouldBe("1 3");
        (await FoundAsync(new() { ExportId = one.Id, ErrorType = "odd", From = began + TimeSpan.FromMinutes(1) })).ShouldBe("2");
        (await FoundAsync(new() { From = began + TimeSpan.FromMinutes(1), To = began + TimeSpan.FromMinutes(3) })).ShouldBe("1 2");
        (await FoundAsync(new() { Ids = [all[3].Id, all[0].Id], LastId = all[2].Id })).ShouldBe("0");
        (await fixture.DeadLetters.DiscardAsync(new() { ExportId = one.Id, LastId = all[2].Id }, 2, Cancel)).ShouldBe(new(2, 4));
        (await FoundAsync(new() { ExportId = one.Id })).ShouldBe("2 3");
        await fixture.BooksAsync();
    }

    private static Task<ExportDefinition> AddAsync(StoreFixture fixture, string name = "one", string skipKey = "other") =>
        fixture.AddExportAsync(name, settings => settings with { BatchReports = 1, SkipKeys = [skipKey] });

    private static async Task<(long Delivered, long Waiting, long InFlight, long Dead, long Discarded)> BookAsync(StoreFixture fixture)
    {
        var book = (await fixture.BooksAsync()).ShouldHaveSingleItem();
        return (book.Delivered, book.Waiting, book.InFlight, book.Dead, book.Discarded);
    }
}
