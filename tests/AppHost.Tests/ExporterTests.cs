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
        await using var application = await ApplicationProcess.StartAsync("aspire/AppHost", folder.Path, ("S3__Store", "none"));
        await application.UntilWellAsync();
        var ingest = await application.AddressAsync("ingest", "http");
        using (var admin = AdminDoor.At(await application.AddressAsync("router", "admin"), Path.Combine(folder.Path, "admin.token")))
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

        await ReportDoor.SubmitAsync(ingest);
        await Eventually.IsTrueAsync(() => Objects(folder.Path) == 1);

        var broker = (await application.OneAsync("rabbitmq")).Runs!["process ".Length..];
        Compat.Processes.Signals.ToGroup(int.Parse(broker), Signal.Kill).ShouldBeTrue();
        await application.UntilAsync(rows => rows.Any(row => row.Name == "rabbitmq" && row.Health != "Healthy"));
        await ReportDoor.SubmitAsync(ingest);
        await application.UntilWellAsync();
        await Eventually.IsTrueAsync(() => Objects(folder.Path) == 2);
        (await application.StopAsync()).ShouldBe(0);
    }

    private static int Objects(string folder) => Directory.GetFiles(Path.Combine(folder, "objects"), "*.gz", SearchOption.AllDirectories).Length;
}
