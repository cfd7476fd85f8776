using System.Net;
using System.Text.Json;
using Exporter.Standalone.Boxes;
using Exporter.TestKit.Processes;

namespace Exporter.Standalone;

public sealed class KeyTests
{
    [Theory]
    [InlineData(Mode.Standalone)]
    [InlineData(Mode.Services)]
    public async Task A_key_that_keeps_no_percent_is_answered_well_and_leaves_nothing(Mode mode)
    {
        await using var box = await Box.StartAsync(mode);
        await box.CreateExportAsync("all");
        await box.Admin.CreateApiKeyAsync(new() { ApiKey = new() { Key = "sampled-out", SubmitSamplePercent = 0 } }, cancellationToken: Test.Cancel);
        await box.Admin.CreateApiKeyAsync(new() { ApiKey = new() { Key = "kept-whole", SubmitSamplePercent = 100 } }, cancellationToken: Test.Cancel);

        (await box.PostAsync("/v2/geosubmit?key=sampled-out", SmallReport.Document(1))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await box.PostAsync("/v2/geosubmit?key=kept-whole", SmallReport.Document(2))).StatusCode.ShouldBe(HttpStatusCode.OK);

        await Eventually.Of(() => box.ObjectsOf("all").Numbers().ShouldBe([2]));
        box.ObjectsOf("all").Files().ShouldHaveSingleItem().ShouldContain("/gnss/kept-whole/");
        (await box.BooksOfAsync("all")).Routed.ShouldBe(1);
    }

    [Theory]
    [InlineData(Mode.Standalone)]
    [InlineData(Mode.Services)]
    public async Task A_daily_limit_made_by_the_command_refuses_what_is_over_it_also_after_a_restart(Mode mode)
    {
        await using var box = await Box.StartAsync(mode);
        await box.CreateExportAsync("all");
        (await RunAsync(box, "keys", "create", "limited", "--max-requests", "2", "--json")).GetProperty("key").GetString().ShouldBe("limited");

        (await box.PostAsync("/v2/geosubmit?key=limited", SmallReport.Document(1))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await box.PostAsync("/v2/geosubmit?key=limited", SmallReport.Document(2))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await ShouldBeRefusedAsync(box);
        await box.RestartAsync();
        await ShouldBeRefusedAsync(box);

        await Eventually.Of(() => box.ObjectsOf("all").Numbers().ShouldBe([1, 2]));
    }

    private static async Task ShouldBeRefusedAsync(Box box)
    {
        using var answer = await box.PostAsync("/v2/geosubmit?key=limited", SmallReport.Document(3));
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("dailyLimitExceeded");
    }

    private static async Task<JsonElement> RunAsync(Box box, params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(RepositoryFolder.Program("tools/Cli", "exporter")) { RedirectStandardOutput = true };
        foreach (var argument in (string[])[.. arguments, "--server", box.AdminAddress.ToString(), "--token-file", box.TokenFile])
            start.ArgumentList.Add(argument);
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(Test.Cancel);
        await process.WaitForExitAsync(Test.Cancel);
        process.ExitCode.ShouldBe(0, output);
        return JsonSerializer.Deserialize<JsonElement>(output);
    }
}
