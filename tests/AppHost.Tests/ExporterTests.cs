using System.Net.Http.Json;
using Compat.Processes;
using Exporter.Admin.V1;
using Exporter.AppHost.Tests.Kit;
using Exporter.TestKit.Processes;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.AppHost.Tests;

/// <summary>Exporter's own application, as <c>dotnet run --project aspire/AppHost</c> starts it.</summary>
public sealed class ExporterTests
{
    [Fact]
    public async Task Exporter_comes_up_whole_delivers_reports_and_survives_its_broker()
    {
        using var folder = new ScratchFolder();
        await using var application = await ApplicationProcess.StartAsync("aspire/AppHost", folder.Path);
        await application.UntilWellAsync();
        var ingest = await AddressAsync(application, "ingest", "http");
        using (var admin = AdminDoor.At(await AddressAsync(application, "router", "admin"), Path.Combine(folder.Path, "admin.token")))
        {
            await admin.Client.CreateExportAsync(new()
            {
                Export = new()
                {
                    Name = "files",
                    Kind = ExportKind.S3,
                    Enabled = true,
                    Settings = new() { Url = $"file://{folder.Path}/objects/{{source}}/{{api_key}}", BatchReports = 1, MaxDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) },
                },
            }, cancellationToken: TestContext.Current.CancellationToken);
        }

        await SubmitAsync(ingest);
        await Eventually.IsTrueAsync(() => Objects(folder.Path) == 1);

        var broker = (await application.OneAsync("rabbitmq")).Runs!["process ".Length..];
        Compat.Processes.Signals.ToGroup(int.Parse(broker), Signal.Kill).ShouldBeTrue();
        await application.UntilAsync(rows => rows.Any(row => row.Name == "rabbitmq" && row.Health != "Healthy"));
        await SubmitAsync(ingest);
        await application.UntilWellAsync();
        await Eventually.IsTrueAsync(() => Objects(folder.Path) == 2);
        (await application.StopAsync()).ShouldBe(0);
    }

    private static int Objects(string folder) => Directory.GetFiles(Path.Combine(folder, "objects"), "*.gz", SearchOption.AllDirectories).Length;

    private static async Task<Uri> AddressAsync(ApplicationProcess application, string resource, string endpoint) =>
        new((await application.OneAsync(resource)).Urls.Single(url => url.Name == endpoint && !url.Internal).Url);

    private static async Task SubmitAsync(Uri ingest)
    {
        using var http = new HttpClient();
        var report = new
        {
            timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
            position = new { latitude = 52.5, longitude = 13.4, accuracy = 10 },
            wifiAccessPoints = new[] { new { macAddress = "00:23:45:67:89:ab", signalStrength = -60 }, new { macAddress = "00:23:45:67:89:ac", signalStrength = -61 } },
        };
        using var answer = await http.PostAsJsonAsync(new Uri(ingest, "/v2/geosubmit?key=test"), new { items = new[] { report } });
        answer.EnsureSuccessStatusCode();
    }
}
