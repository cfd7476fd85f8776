using Exporter.Admin.V1;
using Exporter.Reports.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Exporter.Admin.Tests;

public sealed class DeadLetterFilterTests : AdminFixture
{
    [Fact]
    public async Task Dead_letters_are_found_by_export_cause_and_time()
    {
        var (one, other) = (Guid.Parse((await CreateAsync("one")).Id), Guid.Parse((await CreateAsync("other")).Id));
        for (var id = 1; id <= 4; id++)
            Server.DeadLetters.Add(id, id == 4 ? other : one, new Report());
        Server.DeadLetters.Open[2] = (Server.DeadLetters.Open[2].Letter with { ErrorType = "http_400" }, [new Report()]);

        (await FoundAsync(new())).ShouldBe(["4", "3", "2", "1"]);
        (await FoundAsync(new() { Export = "one" })).ShouldBe(["3", "2", "1"]);
        (await FoundAsync(new() { ErrorType = "http_400" })).ShouldBe(["2"]);
        (await FoundAsync(new() { CreatedFrom = At(2), CreatedTo = At(4) })).ShouldBe(["3", "2"]);
        (await FoundAsync(new() { Ids = { "1", "3", "4" }, Export = "one" })).ShouldBe(["3", "1"]);
    }

    [Fact]
    public async Task Many_are_replayed_in_portions_and_those_that_fail_again_meanwhile_are_left_alone()
    {
        var export = Guid.Parse((await CreateAsync("daily")).Id);
        for (var id = 1; id <= 2500; id++)
            Server.DeadLetters.Add(id, export, new Report());
        Server.DeadLetters.FailsAgain = true;

        var answer = await Client.ReplayDeadLettersAsync(new() { Filter = new() { Export = "daily" } }, cancellationToken: Cancel);
        answer.ShouldBe(new ReplayDeadLettersResponse { DeadLetterCount = 2500, ReportCount = 2500 });
        Server.DeadLetters.Replayed.ShouldBe(Enumerable.Range(1, 2500).Select(id => (long)id));
        Server.DeadLetters.Portions.ShouldBe([1000, 1000, 500, 0]);
        Server.DeadLetters.Open.Count.ShouldBe(2500);
        Server.Log.ShouldContain("2500 dead letter(s) with 2500 report(s) are sent again.");
    }

    [Fact]
    public async Task A_dry_run_counts_what_the_filter_finds_and_changes_nothing()
    {
        var export = Guid.Parse((await CreateAsync("daily")).Id);
        for (var id = 1; id <= 3; id++)
            Server.DeadLetters.Add(id, export, new Report(), new Report());

        var request = new DiscardDeadLettersRequest { Filter = new() { CreatedFrom = At(2) }, DryRun = true };
        var counted = new DiscardDeadLettersResponse { DeadLetterCount = 2, ReportCount = 4 };
        (await Client.DiscardDeadLettersAsync(request, cancellationToken: Cancel)).ShouldBe(counted);
        Server.DeadLetters.Open.Count.ShouldBe(3);

        request.DryRun = false;
        (await Client.DiscardDeadLettersAsync(request, cancellationToken: Cancel)).ShouldBe(counted);
        Server.DeadLetters.Open.Keys.ShouldBe([1]);
        (await Client.DiscardDeadLettersAsync(request, cancellationToken: Cancel)).ShouldBe(new DiscardDeadLettersResponse());
    }

    [Fact]
    public async Task Every_fault_of_a_filter_is_told_at_its_field()
    {
        var faults = await FaultsAsync(async () => await Client.DiscardDeadLettersAsync(
            new()
            {
                Ids = { "1", "x" },
                Filter = new() { Ids = { "y" }, ErrorType = new string('x', 101), CreatedFrom = At(5), CreatedTo = At(5) },
            },
            cancellationToken: Cancel));
        faults.ShouldBe(
            new Dictionary<string, string>
            {
                ["filter"] = "Must not be given beside ids.",
                ["ids[1]"] = "Must be a dead letter's id, a whole number as ListDeadLetters shows it.",
                ["filter.ids[0]"] = "Must be a dead letter's id, a whole number as ListDeadLetters shows it.",
                ["filter.error_type"] = "Must be a cause as ListDeadLetters shows it, of at most 100 characters, found 101.",
                ["filter.created_to"] = "Must be later than created_from (1970-01-01 00:00:05Z), found 1970-01-01 00:00:05Z.",
            },
            ignoreOrder: true);

        (await FaultsAsync(async () => await Client.ListDeadLettersAsync(
            new() { PageSize = -1, PageToken = "x", Filter = new() { CreatedFrom = new() { Seconds = long.MaxValue } } },
            cancellationToken: Cancel))).Keys.ShouldBe(["page_size", "page_token", "filter.created_from"]);
    }

    [Fact]
    public async Task An_export_that_is_not_there_finds_nothing_to_discard()
    {
        Server.DeadLetters.Add(1, Guid.NewGuid(), new Report());
        await RefusedAsync(StatusCode.NotFound, async () => await Client.DiscardDeadLettersAsync(
            new() { Filter = new() { Export = "gone" } }, cancellationToken: Cancel));
        Server.DeadLetters.Open.Count.ShouldBe(1);
    }

    private async Task<IEnumerable<string>> FoundAsync(DeadLetterFilter filter) =>
        (await Client.ListDeadLettersAsync(new() { Filter = filter }, cancellationToken: Cancel)).DeadLetters.Select(letter => letter.Id);

    // Each dead letter of these tests is made in the second of its id.
    private static Timestamp At(int second) => new() { Seconds = second };
}
