using Exporter.Reports.V1;

namespace Exporter.Cli.Tests;

public sealed class DeadLetterCommandTests : CliFixture
{
    private const string Choose = "Name dead letters by their ids, or choose them by --export, --since, --until and --cause, or all by --all.";

    [Fact]
    public async Task Dead_letters_are_listed_by_export_time_and_cause()
    {
        await AddAsync(4);
        var table = (await RunAsync("deadletters", "list")).ShouldSucceed();
        CellsOf(table.Lines[0]).ShouldBe(["ID", "EXPORT", "BATCH", "REPORTS", "ATTEMPTS", "FIRST", "LAST", "ERROR"]);
        var row = CellsOf(table.Lines[1]);
        (row[0], row[1], row[3], row[4]).ShouldBe(("4", "daily", "2", "7"));
        row[5..].ShouldBe(["1970-01-01 00:00:00Z", "1970-01-01 00:00:04Z", "key_taken: Object 'a/b' holds another batch."]);

        (await RunAsync("deadletters", "list", "--until", "1970-01-01T00:00:03Z", "--export", "daily")).ShouldSucceed().Lines.Length.ShouldBe(3);
        (await RunAsync("deadletters", "list", "--since", "2h")).ShouldSucceed().Lines.Length.ShouldBe(1);
        (await RunAsync("deadletters", "list", "--cause", "http_400", "--json")).ShouldSucceed().Json.GetProperty("deadLetters").GetArrayLength().ShouldBe(0);
        (await RunAsync("deadletters", "list", "--since", "1h", "--until", "2h")).Error.ShouldStartWith("--until: Must be later than created_from");
        (await RunAsync("dead-letters", "list")).ShouldSucceed().Lines.Length.ShouldBe(5);
    }

    [Fact]
    public async Task A_dead_letter_is_shown_redacted_unless_asked_otherwise()
    {
        await AddAsync(1);
        var shown = (await RunAsync("deadletters", "show", "1", "--reports", "1")).ShouldSucceed();
        shown.Lines.ShouldContain("Reports   2, from number 3 of the batch on");
        shown.Lines.ShouldContain("Attempts  7, from 1970-01-01 00:00:00Z to 1970-01-01 00:00:01Z");
        shown.Lines.ShouldContain("Sample    1 report(s), redacted; --unredacted shows them as they are");
        shown.Lines[^1].ShouldContain("\"macAddress\":\"00:25:9c:*\"");
        shown.Output.ShouldNotContain("Anyone");

        var whole = (await RunAsync("deadletters", "show", "1", "--unredacted")).ShouldSucceed();
        whole.Lines[^2].ShouldContain("\"carrier\":\"Anyone\"");
        (await RunAsync("deadletters", "show", "1", "--json")).ShouldSucceed().Json.GetProperty("deadLetter").GetProperty("attemptCount")
            .GetInt32().ShouldBe(7);
    }

    [Fact]
    public async Task Dead_letters_are_replayed_and_discarded_by_ids_and_by_filter()
    {
        await AddAsync(6);
        (await RunAsync("deadletters", "replay", "1", "2", "--dry-run")).ShouldSucceed()
            .Output.ShouldBe("2 dead letter(s) with 4 report(s) would be sent again.\n");
        (await RunAsync("deadletters", "replay", "1", "2")).ShouldSucceed().Output.ShouldBe("2 dead letter(s) with 4 report(s) are sent again.\n");
        Server.DeadLetters.Replayed.ShouldBe([1, 2]);

        (await RunAsync("deadletters", "discard", "--until", "1970-01-01T00:00:05Z", "--dry-run")).ShouldSucceed()
            .Output.ShouldBe("2 dead letter(s) with 4 report(s) would be discarded.\n");
        (await RunAsync("deadletters", "discard", "--cause", "key_taken", "--until", "1970-01-01T00:00:05Z")).ShouldSucceed()
            .Output.ShouldBe("2 dead letter(s) with 4 report(s) were discarded.\n");
        (await RunAsync("deadletters", "discard", "--all", "--export", "daily", "--json")).ShouldSucceed().Json.GetProperty("reportCount")
            .GetString().ShouldBe("4");
        Server.DeadLetters.Discarded.ShouldBe([3, 4, 5, 6]);
    }

    [Fact]
    public async Task Nothing_is_discarded_without_a_choice()
    {
        await AddAsync(1);
        (await RunAsync("deadletters", "discard")).ShouldFail(Choose);
        (await RunAsync("deadletters", "replay")).ShouldFail(Choose);
        (await RunAsync("deadletters", "discard", "1", "--export", "daily")).ShouldFail(Choose);
        (await RunAsync("deadletters", "discard", "1", "--all")).ShouldFail(Choose);
        (await RunAsync("deadletters", "discard", "x"))
            .ShouldFail("ID (number 1): Must be a dead letter's id, a whole number as ListDeadLetters shows it.");
        Server.DeadLetters.Discarded.ShouldBeEmpty();
    }

    private async Task AddAsync(int count)
    {
        (await RunAsync("exports", "create", "daily", "--kind", "dummy")).ShouldSucceed();
        var export = (await Server.Exports.LoadAsync(Cancel)).Find("daily")!.Id;
        var report = new Report { Carrier = "Anyone", WifiAccessPoints = { new WifiAccessPoint { MacAddress = "00:25:9c:cf:1c:ac" } } };
        for (var id = 1; id <= count; id++)
            Server.DeadLetters.Add(id, export, report, report);
    }
}
