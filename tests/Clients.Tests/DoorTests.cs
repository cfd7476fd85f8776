using Exporter.Clients.Doubles;
using Exporter.Clients.Runs;
using Exporter.Ingest.V1;
using Exporter.Standalone.Boxes;
using Google.Protobuf;
using Grpc.Net.Client;

namespace Exporter.Clients;

public sealed class DoorTests(ReadyClients clients)
{
    [Theory]
    [InlineData("python")]
    [InlineData("javascript")]
    public async Task An_api_key_is_passed_on_an_unknown_one_is_anonymous_and_one_that_can_be_none_is_not_sent(string client)
    {
        await using var box = await Box.StartAsync();
        await box.CreateExportAsync("all");
        await box.Admin.CreateApiKeyAsync(new() { ApiKey = new() { Key = "field-team-7", SubmitSamplePercent = 100 } }, cancellationToken: Test.Cancel);
        await box.Admin.CreateApiKeyAsync(new() { ApiKey = new() { Key = "sampled-out", SubmitSamplePercent = 0 } }, cancellationToken: Test.Cancel);
        var server = box.Process.Addresses.Grpc;

        (await clients.RunAsync(client, server, Line.Of(1), "--api-key", "field-team-7")).ShouldBe(0, "1 reports: 1 accepted.");
        (await clients.RunAsync(client, server, Line.Of(2), "--api-key", "sampled-out", "--stream")).ShouldBe(0, "1 reports: 0 accepted, 1 sampled out.");
        (await clients.RunAsync(client, server, Line.Of(3), "--api-key", "nobody-knows-it")).ShouldBe(0, "1 reports: 1 accepted.");
        var refused = await clients.RunAsync(client, server, Line.Of(4), "--api-key", "schlüssel");

        refused.ShouldBe(2, "0 reports: 0 accepted.");
        refused.Complaints.ShouldBe("An API key has 4 to 40 letters, digits and hyphens; this one does not.");
        await Eventually.Of(() => box.ObjectsOf("all").Numbers().ShouldBe([1, 3]));
        box.ObjectsOf("all").Files().Select(file => Path.GetFileName(Path.GetDirectoryName(file))).ShouldBe(["field-team-7", "no_key"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("python")]
    [InlineData("javascript")]
    public async Task Gzip_makes_messages_smaller_on_both_calls(string client)
    {
        await using var box = await Box.StartAsync();
        await box.CreateExportAsync("all");
        await using var relay = Relay.To(box.Process.Addresses.Grpc);

        List<long> sizes = [];
        foreach (var switches in new string[][] { [], ["--gzip"], ["--stream"], ["--stream", "--gzip"] })
        {
            var before = relay.BytesFromClients;
            (await clients.RunAsync(client, relay.Address, Line.Of(Enumerable.Range(sizes.Count * 500, 500)), switches))
                .ShouldBe(0, "500 reports: 500 accepted.");
            sizes.Add(relay.BytesFromClients - before);
        }

        sizes[1].ShouldBeLessThan(sizes[0] / 2);
        sizes[3].ShouldBeLessThan(sizes[2] / 2);
        await Eventually.Of(() => box.ObjectsOf("all").Numbers().ShouldBe(Enumerable.Range(0, 2000)));
    }

    [Theory]
    [InlineData("python")]
    [InlineData("javascript")]
    public async Task Every_field_that_the_contract_has_comes_out_as_it_was_read(string client)
    {
        await using var box = await Box.StartAsync();
        await box.CreateExportAsync("all");
        var report = FullReport.Of(TimeProvider.System.GetUtcNow().AddHours(-1));
        using var channel = GrpcChannel.ForAddress(box.Process.Addresses.Grpc);
        var answer = await new IngestService.IngestServiceClient(channel).SubmitReportsAsync(new() { Reports = { report } }, cancellationToken: Test.Cancel);
        answer.AcceptedCount.ShouldBe(1);

        (await clients.RunAsync(client, box.Process.Addresses.Grpc, JsonFormatter.Default.Format(report))).ShouldBe(0, "1 reports: 1 accepted.");

        await Eventually.Of(() => box.ObjectsOf("all").Reports().Count.ShouldBe(2));
        var reports = box.ObjectsOf("all").Reports();
        reports[1].GetRawText().ShouldBe(reports[0].GetRawText());
        reports[0].GetProperty("wifiAccessPoints")[0].GetProperty("signalStrength").GetInt64().ShouldBe(-5_000_000_005);
    }

    [Theory]
    [InlineData("python")]
    [InlineData("javascript")]
    public async Task Over_TLS_a_server_is_trusted_by_its_authority_and_another_is_not(string client)
    {
        using var own = Authority.Make();
        using var another = Authority.Make();
        await using var box = await Box.StartAsync(new Dictionary<string, string>
        {
            ["Kestrel__Endpoints__Grpc__Url"] = "https://127.0.0.1:0",
            ["Kestrel__Endpoints__Grpc__Certificate__Path"] = own.CertificateFile,
            ["Kestrel__Endpoints__Grpc__Certificate__KeyPath"] = own.KeyFile,
        });
        await box.CreateExportAsync("all");
        var server = box.Process.Addresses.Grpc;

        var refused = await clients.RunAsync(client, server, Line.Of(1), "--ca", another.CertificateFile, "--give-up-after", "0");
        refused.ShouldBe(1, "0 reports: 0 accepted.").Complaints.ShouldContain("Gave up after 0 s");
        (await clients.RunAsync(client, server, Line.Of(2), "--ca", own.CertificateFile, "--stream")).ShouldBe(0, "1 reports: 1 accepted.");
        await Eventually.Of(() => box.ObjectsOf("all").Numbers().ShouldBe([2]));
    }
}
