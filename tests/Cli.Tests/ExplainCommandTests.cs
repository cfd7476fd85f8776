namespace Exporter.Cli.Tests;

public sealed class ExplainCommandTests : CliFixture
{
    private const string Report =
        """{"timestamp":1795000003193,"position":{"latitude":48.2,"longitude":16.3,"source":"fused"},"wifiAccessPoints":[{"macAddress":"e4:88:75:34:a2:0f"}]}""";

    [Fact]
    public async Task A_report_is_explained_from_a_file_or_from_a_pipe()
    {
        await CreateExportsAsync();
        var file = Path.Combine(Server.Folder, "report.json");
        await File.WriteAllTextAsync(file, $$"""{"items":[{{Report}}]}""", Cancel);

        var table = (await RunAsync("explain", file)).ShouldSucceed();
        CellsOf(table.Lines[0]).ShouldBe(["EXPORT", "MATCHED", "REASON", "LOCATION"]);
        CellsOf(table.Lines[1]).ShouldBe(
            ["archive", "yes", "Enabled, and neither the API key nor the source fused is skipped.",
                "s3://reports/fused/no_key/{batch_id}.json.gz"]);
        CellsOf(table.Lines[2]).ShouldBe(["no-fused", "no", "Its skip_sources name the source fused."]);

        (await RunWithInputAsync(Report, "explain", "-")).ShouldSucceed().Output.ShouldBe(table.Output);
        (await RunWithInputAsync($"[{Report}]", "explain", "-")).ShouldSucceed().Output.ShouldBe(table.Output);
    }

    [Fact]
    public async Task Machines_get_json()
    {
        await CreateExportsAsync();
        var exports = (await RunWithInputAsync(Report, "explain", "-", "--json", "--key", "nobody")).ShouldSucceed()
            .Json.GetProperty("exports");
        exports[0].GetProperty("matched").GetBoolean().ShouldBeTrue();
        exports[0].GetProperty("reason").GetString()!.ShouldContain("The API key is not known");
        exports[1].GetProperty("matched").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_report_that_ingest_would_reject_says_why()
    {
        var answer = (await RunWithInputAsync("""{"wifiAccessPoints":[{"macAddress":10}]}""", "explain", "-")).ShouldSucceed();
        answer.Output.ShouldStartWith("Ingest would not keep this report: items.0.wifiAccessPoints.0.macAddress: ");
    }

    [Fact]
    public async Task One_of_several_reports_is_chosen()
    {
        await CreateExportsAsync();
        var two = $$"""{"items":[{{Report}},{{Report.Replace("fused", "gps", StringComparison.Ordinal)}}]}""";
        (await RunWithInputAsync(two, "explain", "-"))
            .ShouldFail("'-' holds 2 reports and one is explained at a time. Choose it with --item, from 0.");
        (await RunWithInputAsync(two, "explain", "-", "--item", "1")).ShouldSucceed().Output.ShouldContain("s3://reports/gnss/no_key/");
        (await RunWithInputAsync(two, "explain", "-", "--item", "2"))
            .ShouldFail("'-' holds 2 report(s), and --item counts from 0, found 2.");
    }

    [Fact]
    public async Task A_file_that_is_no_report_is_told_from_one_that_is_not_there()
    {
        (await RunWithInputAsync("{", "explain", "-")).ShouldFail("'-' is not JSON: line 1, byte 2.");
        var gone = Path.Combine(Server.Folder, "gone.json");
        (await RunAsync("explain", gone)).Error.ShouldStartWith($"'{gone}' can't be read: ");
    }

    private async Task CreateExportsAsync()
    {
        (await RunAsync("exports", "create", "archive", "--kind", "s3", "--url", "s3://reports/{source}/{api_key}")).ShouldSucceed();
        (await RunAsync("exports", "create", "no-fused", "--kind", "dummy", "--skip-source", "fused")).ShouldSucceed();
    }
}
