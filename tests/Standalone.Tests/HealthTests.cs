using System.Net;
using System.Text.Json;
using Exporter.Standalone.Boxes;

namespace Exporter.Standalone;

public sealed class HealthTests
{
    [Fact]
    public async Task Health_is_degraded_while_no_export_is_enabled_and_reports_wait_until_one_is()
    {
        await using var box = await Box.StartAsync();
        (await HealthAsync(box)).GetProperty("status").GetString().ShouldBe("Healthy");
        var example = (await box.Admin.ListExportsAsync(new(), cancellationToken: Test.Cancel)).Exports.Single();
        example.Enabled = false;
        example = (await box.Admin.UpdateExportAsync(new() { Export = example }, cancellationToken: Test.Cancel)).Export;

        await Eventually.AsyncOf(async () => (await HealthAsync(box)).GetProperty("status").GetString().ShouldBe("Degraded"));
        (await HealthAsync(box)).GetProperty("checks").GetProperty("delivery").GetProperty("detail").GetString()!.ShouldStartWith("No export is enabled");
        await box.SubmitAsync(1, 2);
        (await box.Admin.GetStatusAsync(new(), cancellationToken: Test.Cancel)).UnroutedBlocks.ShouldBe(1);

        await box.CreateExportAsync("all");
        await Eventually.Of(() => box.ObjectsOf("all").Numbers().ShouldBe([1, 2]));
        await Eventually.AsyncOf(async () => (await HealthAsync(box)).GetProperty("status").GetString().ShouldBe("Healthy"));
    }

    [Fact]
    public async Task A_change_of_health_is_logged_once()
    {
        await using var box = await Box.StartAsync();
        var example = (await box.Admin.ListExportsAsync(new(), cancellationToken: Test.Cancel)).Exports.Single();
        example.Enabled = false;
        example = (await box.Admin.UpdateExportAsync(new() { Export = example }, cancellationToken: Test.Cancel)).Export;
        await Eventually.Of(() => Lines("Health is now Degraded: No export is enabled").ShouldBe(1));
        (await HealthAsync(box)).GetProperty("status").GetString().ShouldBe("Degraded");
        example.Enabled = true;
        await box.Admin.UpdateExportAsync(new() { Export = example }, cancellationToken: Test.Cancel);
        await Eventually.Of(() => Lines("Health is good again.").ShouldBe(1));

        Lines("Health").ShouldBe(2);

        int Lines(string text) => box.Process.Output.Count(line => line.Contains(text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_process_that_works_is_alive()
    {
        await using var box = await Box.StartAsync();
        (await box.Http.GetStringAsync("/alive", Test.Cancel)).ShouldBe("Healthy");
        (await box.Http.GetStringAsync("/ready", Test.Cancel)).ShouldBe("Healthy");
    }

    private static async Task<JsonElement> HealthAsync(Box box)
    {
        using var answer = await box.Http.GetAsync("/health", Test.Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
    }
}
