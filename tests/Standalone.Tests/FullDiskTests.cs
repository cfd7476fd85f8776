using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Exporter.Standalone.Boxes;

namespace Exporter.Standalone;

public sealed class FullDiskTests
{
    private const int DiskMegabytes = 64;
    private const int ReserveMegabytes = 24;
    private const int Networks = 900;
    private readonly List<int> accepted = [];
    private int number;

    [Fact]
    public async Task A_full_disk_refuses_then_delivers_drains_and_accepts_again()
    {
        using var disk = SmallDisk.Mount(DiskMegabytes);
        var elsewhere = Directory.CreateTempSubdirectory("standalone-tests-objects-").FullName;
        await using var box = await Box.StartAsync(
            new Dictionary<string, string>
            {
                ["Store__MinFreeBytes"] = $"{ReserveMegabytes * 1024 * 1024}",
                ["Store__MaxWalBytes"] = $"{2 * 1024 * 1024}",
                ["Exporter__FileRoots__1"] = elsewhere,
            },
            Path.Combine(disk.Folder, "data"));
        await box.Admin.DeleteExportAsync(new() { Export = "archive-example" }, cancellationToken: Test.Cancel);

        await Eventually.AsyncOf(async () => (await SubmitAsync(box)).ShouldBe(HttpStatusCode.ServiceUnavailable));
        accepted.ShouldNotBeEmpty();
        using (var health = await box.Http.GetAsync("/health", Test.Cancel))
            (await health.Content.ReadAsStringAsync(Test.Cancel)).ShouldContain("kept in reserve");

        await box.CreateExportAsync("elsewhere", export => export.Settings.Url = $"file://{elsewhere}/{{source}}");
        await Eventually.AsyncOf(async () => (await SubmitAsync(box)).ShouldBe(HttpStatusCode.OK));
        await Eventually.AsyncOf(async () => (await box.BooksOfAsync("elsewhere")).Delivered.ShouldBe(accepted.Count));
        new ObjectFolder(elsewhere).Reports().Select(NumberOf).Order().ShouldBe(accepted);
        Directory.Delete(elsewhere, recursive: true);
    }

    [Fact]
    public async Task A_disk_that_is_full_to_its_last_byte_ends_nothing_and_all_is_delivered_when_there_is_room()
    {
        using var disk = SmallDisk.Mount(DiskMegabytes);
        var elsewhere = Directory.CreateTempSubdirectory("standalone-tests-objects-").FullName;
        await using var box = await Box.StartAsync(
            new Dictionary<string, string>
            {
                ["Store__MinFreeBytes"] = "0",
                ["Store__MaxWalBytes"] = $"{2 * 1024 * 1024}",
                ["Exporter__FileRoots__1"] = elsewhere,
            },
            Path.Combine(disk.Folder, "data"));
        await box.Admin.DeleteExportAsync(new() { Export = "archive-example" }, cancellationToken: Test.Cancel);
        var ballast = Path.Combine(disk.Folder, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[DiskMegabytes * 1024 * 1024 / 2], Test.Cancel);

        for (var refused = 0; refused < 20;)
            refused += await SubmitAsync(box) == HttpStatusCode.ServiceUnavailable ? 1 : 0;
        (await box.Http.GetStringAsync("/alive", Test.Cancel)).ShouldBe("Healthy");

        File.Delete(ballast);
        await box.CreateExportAsync("elsewhere", export => export.Settings.Url = $"file://{elsewhere}/{{source}}");
        await Eventually.AsyncOf(async () => (await box.BooksOfAsync("elsewhere")).ShouldSatisfyAllConditions(
            book => book.Delivered.ShouldBeGreaterThanOrEqualTo(accepted.Count), book => book.Waiting.ShouldBe(0), book => book.InFlight.ShouldBe(0)));
        accepted.Except(new ObjectFolder(elsewhere).Reports().Select(NumberOf)).ShouldBeEmpty();
        (await box.StopAsync()).ShouldBe(0);
        Directory.Delete(elsewhere, recursive: true);
    }

    private async Task<HttpStatusCode> SubmitAsync(Box box)
    {
        HttpResponseMessage answer;
        do
        {
            answer = await box.PostAsync("/v2/geosubmit", LargeReport(++number));
            if (answer.StatusCode == HttpStatusCode.OK)
                accepted.Add(number);
        }
        while (answer.StatusCode == HttpStatusCode.OK && accepted.Count % 20 != 0);

        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            answer.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        return answer.StatusCode;
    }

    private static string LargeReport(int number)
    {
        var wifis = Enumerable.Range(0, Networks).Select(i => string.Create(
            CultureInfo.InvariantCulture, $$"""{"macAddress":"e4887500{{i:x4}}","ssid":"{{number}}-{{Convert.ToBase64String(RandomNumberGenerator.GetBytes(180))}}"}"""));
        return $$"""{"items":[{"wifiAccessPoints":[{{string.Join(',', wifis)}}]}]}""";
    }

    private static int NumberOf(JsonElement report) =>
        int.Parse(report.GetProperty("wifiAccessPoints")[0].GetProperty("ssid").GetString()!.Split('-')[0], CultureInfo.InvariantCulture);
}
