namespace Exporter.Cli.Tests;

public sealed class KeyCommandTests : CliFixture
{
    [Fact]
    public async Task A_key_goes_through_its_life()
    {
        (await RunAsync("keys", "create", "field-team-7", "--max-requests", "5000")).ShouldSucceed()
            .Lines.Take(3).ShouldBe(["Key             field-team-7", "Requests a day  5,000", "Sample %        100"]);
        (await RunAsync("keys", "update", "field-team-7", "--sample", "35")).ShouldSucceed();

        var shown = (await RunAsync("keys", "show", "field-team-7", "--json")).ShouldSucceed().Json;
        shown.GetProperty("maxRequestsPerDay").GetInt32().ShouldBe(5000);
        shown.GetProperty("submitSamplePercent").GetInt32().ShouldBe(35);

        (await RunAsync("keys", "delete", "field-team-7")).ShouldSucceed().Output.ShouldBe("API key field-team-7 was deleted.\n");
        (await RunAsync("keys", "show", "field-team-7")).ShouldFail("There is no such API key.");
    }

    [Fact]
    public async Task A_key_is_made_up_when_none_is_given()
    {
        var key = (await RunAsync("keys", "create", "--json")).ShouldSucceed().Json.GetProperty("key").GetString();
        Guid.TryParse(key, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Keys_are_listed_as_a_table_and_as_json()
    {
        foreach (var key in new[] { "alpha", "bravo", "charlie" })
            (await RunAsync("keys", "create", key)).ShouldSucceed();

        var table = (await RunAsync("keys", "list")).ShouldSucceed();
        CellsOf(table.Lines[0]).ShouldBe(["KEY", "REQUESTS A DAY", "SAMPLE %", "CREATED"]);
        table.Lines.Skip(1).Select(line => CellsOf(line)[..3])
            .ShouldBe([["alpha", "unlimited", "100"], ["bravo", "unlimited", "100"], ["charlie", "unlimited", "100"]]);

        var json = (await RunAsync("keys", "list", "--json")).ShouldSucceed().Json;
        json.GetProperty("apiKeys").EnumerateArray().Select(key => key.GetProperty("key").GetString())
            .ShouldBe(["alpha", "bravo", "charlie"]);

        var cut = await RunAsync("keys", "list", "--limit", "2");
        cut.ExitCode.ShouldBe(0);
        cut.Lines.Length.ShouldBe(3);
        cut.Error.ShouldBe("There are more. Show them with a larger --limit.\n");
    }

    [Fact]
    public async Task Each_fault_stands_at_its_option() =>
        (await RunAsync("keys", "create", "no", "--max-requests", "-1", "--sample", "101")).ShouldFail(
            "KEY: Must be 4 to 40 ASCII letters, digits and hyphens, found 2 characters.",
            "--max-requests: Must be 0 (unlimited) or more, found -1.",
            "--sample: Must be 0 (keep nothing) to 100 percent, found 101.");
}
