using System.IO.Compression;
using Amazon.Runtime;
using Amazon.S3;
using Compat.Processes;
using Exporter.Admin.V1;
using Exporter.AppHost.Tests.Kit;
using Exporter.TestKit.Ceph;
using Exporter.TestKit.Processes;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.AppHost.Tests;

/// <summary>Exporter's own application with a real S3 store: Ceph's gateway, from Debian's packages.</summary>
public sealed class ObjectStoreTests
{
    private static readonly string[] Services = ["ingest", "router", "s3export"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reports_that_are_posted_arrive_in_the_bucket_and_a_stopped_database_or_broker_is_seen_until_it_is_back()
    {
        using var folder = new ScratchFolder();
        var port = FreePort.Next();
        await using var application = await ApplicationProcess.StartAsync("aspire/AppHost", folder.Path, ("S3__Store", "ceph"), ("S3__Port", $"{port}"));
        await application.UntilWellAsync();
        var endpoint = $"http://localhost:{port}";
        await Eventually.IsTrueAsync(() => application.Said.Contains($"An export there: --url 's3://exporter/…' --endpoint {endpoint} --path-style.", StringComparison.Ordinal));
        await CreateExportAsync(await application.AddressAsync("router", "admin"), folder.Path, endpoint);
        var ingest = await application.AddressAsync("ingest", "http");
        using var s3 = await LookAsync(folder.Path, endpoint);

        await ReportDoor.SubmitAsync(ingest);
        await Eventually.SucceedsAsync(async () => (await BodiesAsync(s3)).ShouldHaveSingleItem().ShouldContain("00:23:45:67:89:ab"));

        // SIGINT is PostgreSQL's fast stop: SIGTERM would wait for its clients.
        await StopAndComeBackAsync(application, "postgres-server", Signal.Interrupt);
        await StopAndComeBackAsync(application, "rabbitmq", Signal.Terminate);

        await ReportDoor.SubmitAsync(ingest);
        await Eventually.SucceedsAsync(async () => (await BodiesAsync(s3)).Count.ShouldBe(2));
        (await application.StopAsync()).ShouldBe(0);
    }

    private static async Task StopAndComeBackAsync(ApplicationProcess application, string server, Signal signal)
    {
        await using (await Outage.BeginAsync(application, server, signal))
            await application.UntilAsync(rows => Services.All(service => rows.Any(row => row.Name == service && row is { State: "Running", Health: "Unhealthy" })));
        await application.UntilWellAsync();
    }

    private static async Task CreateExportAsync(Uri router, string folder, string endpoint)
    {
        using var admin = AdminDoor.At(router, Path.Combine(folder, "admin.token"));
        await admin.Client.CreateExportAsync(new()
        {
            Export = new()
            {
                Name = "bucket",
                Kind = ExportKind.S3,
                Enabled = true,
                Settings = new()
                {
                    Url = "s3://exporter/{source}/{api_key}",
                    BatchReports = 1,
                    MaxDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)),
                    Object = new() { Endpoint = endpoint, UsePathStyle = true },
                },
            },
        }, cancellationToken: Cancel);
    }

    private static async Task<AmazonS3Client> LookAsync(string folder, string endpoint) => new(
        new BasicAWSCredentials("exporter", await File.ReadAllTextAsync(Path.Combine(folder, "parameters", "s3-secret-key"), Cancel)),
        new AmazonS3Config { ServiceURL = endpoint, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });

    private static async Task<List<string>> BodiesAsync(AmazonS3Client s3)
    {
        List<string> bodies = [];
        foreach (var found in (await s3.ListObjectsV2Async(new() { BucketName = "exporter" }, Cancel)).S3Objects ?? [])
        {
            using var answer = await s3.GetObjectAsync("exporter", found.Key, Cancel);
            using var reader = new StreamReader(new GZipStream(answer.ResponseStream, CompressionMode.Decompress));
            bodies.Add(await reader.ReadToEndAsync(Cancel));
        }

        return bodies;
    }
}
