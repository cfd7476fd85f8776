using Exporter.Admin.V1;
using Exporter.Reports.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Exporter.Admin.Tests;

public sealed class DeadLetterTests : AdminFixture
{
    [Fact]
    public async Task Dead_letters_are_listed_newest_first_page_by_page()
    {
        var export = Guid.Parse((await CreateAsync("daily")).Id);
        for (var id = 1; id <= 3; id++)
            Server.DeadLetters.Add(id, export, new Report());

        var first = await Client.ListDeadLettersAsync(new() { Export = "daily", PageSize = 2 }, cancellationToken: Cancel);
        first.DeadLetters.Select(letter => letter.Id).ShouldBe(["3", "2"]);
        var second = await Client.ListDeadLettersAsync(new() { PageSize = 2, PageToken = first.NextPageToken }, cancellationToken: Cancel);
        second.DeadLetters.Select(letter => letter.Id).ShouldBe(["1"]);
        second.NextPageToken.ShouldBe("");
    }

    [Fact]
    public async Task A_dead_letter_is_shown_with_its_reports()
    {
        var export = await CreateAsync("daily");
        Report[] reports = [.. Enumerable.Range(0, 20).Select(index => new Report { Carrier = $"carrier {index}" })];
        var letter = Server.DeadLetters.Add(8, Guid.Parse(export.Id), reports);

        var answer = await Client.GetDeadLetterAsync(new() { Id = "8", Unredacted = true }, cancellationToken: Cancel);
        answer.DeadLetter.ShouldBe(new DeadLetter
        {
            Id = "8", BatchId = letter.BatchId.ToString(), ExportId = export.Id, ExportName = "daily", FromReport = 3, ToReport = 23,
            ErrorType = "key_taken", ErrorDetail = "Object 'a/b' holds another batch.", CreatedAt = letter.CreatedAt.ToTimestamp(),
            FirstAttemptAt = DateTimeOffset.UnixEpoch.ToTimestamp(), AttemptCount = 7,
        });
        answer.Reports.ShouldBe(reports.Take(10));
        (await Client.GetDeadLetterAsync(new() { Id = "8", ReportLimit = 15, Unredacted = true }, cancellationToken: Cancel))
            .Reports.ShouldBe(reports.Take(15));
        Server.Log.ShouldContain("Dead letter 8 was shown with 10 report(s) unredacted.");
    }

    [Fact]
    public async Task An_answer_stays_small_enough_to_be_received()
    {
        var export = await CreateAsync("daily");
        Server.DeadLetters.Add(
            8, Guid.Parse(export.Id), [.. Enumerable.Range(0, 1000).Select(_ => new Report { Carrier = new string('x', 8000) })]);
        var answer = await Client.GetDeadLetterAsync(new() { Id = "8", ReportLimit = 1000 }, cancellationToken: Cancel);
        answer.Reports.Count.ShouldBeInRange(300, 400);
    }

    [Fact]
    public async Task Dead_letters_are_replayed_and_discarded_and_counted()
    {
        var export = Guid.Parse((await CreateAsync("daily")).Id);
        Server.DeadLetters.Add(1, export, new Report(), new Report());
        Server.DeadLetters.Add(2, export, new Report());
        Server.DeadLetters.Add(3, export, new Report());

        var ids = new ReplayDeadLettersRequest { Ids = { "1", "2", "1" }, DryRun = true };
        var counted = new ReplayDeadLettersResponse { DeadLetterCount = 2, ReportCount = 3 };
        (await Client.ReplayDeadLettersAsync(ids, cancellationToken: Cancel)).ShouldBe(counted);
        Server.DeadLetters.Replayed.ShouldBeEmpty();
        ids.DryRun = false;
        (await Client.ReplayDeadLettersAsync(ids, cancellationToken: Cancel)).ShouldBe(counted);
        Server.DeadLetters.Replayed.ShouldBe([1, 2]);
        (await Client.DiscardDeadLettersAsync(new() { Ids = { "3" } }, cancellationToken: Cancel))
            .ShouldBe(new DiscardDeadLettersResponse { DeadLetterCount = 1, ReportCount = 1 });
        Server.DeadLetters.Discarded.ShouldBe([3]);
    }

    [Fact]
    public async Task One_that_is_not_there_keeps_all_from_being_discarded()
    {
        Server.DeadLetters.Add(1, Guid.NewGuid(), new Report());
        var refusal = await RefusedAsync(
            StatusCode.NotFound, async () => await Client.DiscardDeadLettersAsync(new() { Ids = { "1", "9" } }, cancellationToken: Cancel));
        refusal.Status.Detail.ShouldBe("There is no open dead letter 9. It may have been replayed or discarded.");
        Server.DeadLetters.Discarded.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ids_are_checked_each_at_its_place()
    {
        const string Sentence = "Must be a dead letter's id, a whole number as ListDeadLetters shows it.";
        (await FaultsAsync(async () => await Client.ReplayDeadLettersAsync(new() { Ids = { "1", "x", "-2" } }, cancellationToken: Cancel)))
            .ShouldBe(new Dictionary<string, string> { ["ids[1]"] = Sentence, ["ids[2]"] = Sentence });
        (await FaultsAsync(async () => await Client.DiscardDeadLettersAsync(new(), cancellationToken: Cancel)))["ids"]
            .ShouldBe("Must be given, or else a filter; an empty filter means all.");
        (await FaultsAsync(async () => await Client.GetDeadLetterAsync(new() { Id = "first", ReportLimit = 1001 }, cancellationToken: Cancel)))
            .ShouldBe(new Dictionary<string, string>
            {
                ["id"] = Sentence, ["report_limit"] = "Must be 0 (the default, 10) to 1000, found 1001.",
            });
    }
}
