using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Exporter.Admin.V1;
using Exporter.Clients.Doubles;
using Exporter.Clients.Runs;
using Exporter.Standalone.Boxes;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Exporter.Clients;

public sealed partial class RefusalTests(ReadyClients clients)
{
    [Theory]
    [InlineData("python")]
    [InlineData("javascript")]
    [InlineData("python", "--stream")]
    [InlineData("javascript", "--stream")]
    public async Task A_refusal_that_passes_is_waited_for_as_long_as_the_server_asks_and_the_key_stays(string client, params string[] switches)
    {
        await using var ingest = await BusyIngest.StartAsync(
            BusyIngest.Refusal(StatusCode.ResourceExhausted, "The store is behind.", TimeSpan.FromSeconds(0.4)),
            BusyIngest.Refusal(StatusCode.Unavailable, "The store failed.", TimeSpan.FromSeconds(0.2)),
            BusyIngest.Refusal(StatusCode.Unavailable, "Stopping."));

        var outcome = await clients.RunAsync(client, ingest.Address, Line.Of(1, 2), switches);

        outcome.ShouldBe(0, "2 reports: 2 accepted.");
        var waits = outcome.Complaints.Split('\n');
        waits.Select(line => line.Split(" (")[0]).ShouldBe(
            ["RESOURCE_EXHAUSTED: The store is behind.", "UNAVAILABLE: The store failed.", "UNAVAILABLE: Stopping."]);
        waits.Take(2).Select(Seconds).ShouldBe([0.4, 0.2], tolerance: 0.05);
        ingest.Keys.Count.ShouldBe(4);
        ingest.Keys.Distinct().ShouldHaveSingleItem().ShouldEndWith("-1");
    }

    [Theory]
    [InlineData("python")]
    [InlineData("javascript")]
    public async Task A_refusal_that_lasts_is_not_tried_again(string client)
    {
        await using var ingest = await BusyIngest.StartAsync(
            BusyIngest.Refusal(StatusCode.ResourceExhausted, "The message is too large."),
            BusyIngest.Refusal(StatusCode.InvalidArgument, "This key is used."));

        (await clients.RunAsync(client, ingest.Address, Line.Of(1))).ShouldBe(1, "0 reports: 0 accepted.")
            .Complaints.ShouldBe("RESOURCE_EXHAUSTED: The message is too large.");
        (await clients.RunAsync(client, ingest.Address, Line.Of(1), "--stream")).ShouldBe(1, "0 reports: 0 accepted.")
            .Complaints.ShouldBe("INVALID_ARGUMENT: This key is used.");
        ingest.Keys.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("python")]
    [InlineData("javascript")]
    public async Task A_full_server_is_left_alone_and_the_work_goes_on_under_the_same_key_when_there_is_room(string client)
    {
        await using var box = await Box.StartAsync();
        var full = await box.CreateExportAsync("full", export =>
        {
            export.Settings.MaxDelay = Duration.FromTimeSpan(TimeSpan.FromDays(1));
            export.Settings.FullPolicy = FullPolicy.RefuseIngest;
            export.Settings.MaxWaitingReports = 50;
        });
        var server = box.Process.Addresses.Grpc;
        var numbers = Enumerable.Range(0, 200).ToArray();
        (await clients.RunAsync(client, server, Line.Of(numbers[..100]), "--idempotency-key", "daily-1")).ShouldBe(0, "100 reports: 100 accepted.");
        await EventuallyAnswersAsync(box, HttpStatusCode.ServiceUnavailable);

        string[] goOn = ["--stream", "--batch", "100", "--idempotency-key", "daily-1", "--give-up-after", "5"];
        var refused = (await clients.RunAsync(client, server, Line.Of(numbers), goOn)).ShouldBe(1, "0 reports: 0 accepted.").Complaints.Split('\n');
        refused[0].ShouldMatch("^Gave up after 0 s, with 3[0-9] s to wait: RESOURCE_EXHAUSTED: Export 'full' holds 100 reports");
        refused[1].ShouldBe("To go on, send the same input again with --idempotency-key daily-1");

        full.Settings.MaxWaitingReports = 1_000_000;
        full.Settings.MaxDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(50));
        await box.Admin.UpdateExportAsync(new() { Export = full }, cancellationToken: Test.Cancel);
        await EventuallyAnswersAsync(box, HttpStatusCode.OK);
        (await clients.RunAsync(client, server, Line.Of(numbers), goOn)).ShouldBe(0, "200 reports: 200 accepted.");
        await Eventually.Of(() => box.ObjectsOf("full").Numbers().ShouldBe(numbers));
    }

    [Theory]
    [InlineData("python")]
    [InlineData("javascript")]
    public async Task Reports_that_the_server_refuses_are_shown_with_line_field_and_reason(string client)
    {
        await using var box = await Box.StartAsync();
        await box.CreateExportAsync("all");
        var lines = Line.Of(1, 2) + Line.Outside(3) + Line.Of(4) + "{}\n";

        var outcome = await clients.RunAsync(client, box.Process.Addresses.Grpc, lines, "--batch", "2");

        outcome.ShouldBe(3, "5 reports: 3 accepted, 1 rejected, 1 dropped (no_networks).");
        outcome.Complaints.ShouldStartWith("line 3: position.latitudeDegrees: out_of_range: A latitude is from -90 to 90");
        await Eventually.Of(() => box.ObjectsOf("all").Numbers().ShouldBe([1, 2, 4]));
    }

    [Theory]
    [InlineData("python")]
    [InlineData("javascript")]
    public async Task A_line_that_is_no_report_ends_the_work_after_what_came_before_it(string client)
    {
        await using var box = await Box.StartAsync();
        await box.CreateExportAsync("all");
        var lines = Line.Of(1, 2, 3) + """{"position":{"latitudeDegreez":1}}""" + "\n" + Line.Of(5);

        var outcome = await clients.RunAsync(client, box.Process.Addresses.Grpc, lines, "--stream", "--batch", "2");

        outcome.ShouldBe(2, "3 reports: 3 accepted.");
        outcome.Complaints.ShouldStartWith("line 4: is no report in protobuf's JSON form: ");
        outcome.Complaints.ShouldContain("latitudeDegreez");
        await Eventually.Of(() => box.ObjectsOf("all").Numbers().ShouldBe([1, 2, 3]));
    }

    private static async Task EventuallyAnswersAsync(Box box, HttpStatusCode status) => await Eventually.AsyncOf(async () =>
    {
        using var answer = await box.PostAsync("/v2/geosubmit", """{"items":[{}]}""");
        answer.StatusCode.ShouldBe(status);
    });

    private static double Seconds(string line) => double.Parse(Wait().Match(line).Groups["seconds"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\(next attempt in (?<seconds>[0-9.]+) s\)$")]
    private static partial Regex Wait();
}
