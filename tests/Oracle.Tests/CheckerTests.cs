using System.Text.Json;
using System.Text.Json.Nodes;
using Exporter.Oracle.Checks;
using Exporter.Oracle.Destinations;
using Exporter.Oracle.Submissions;

namespace Exporter.Oracle;

public sealed class CheckerTests
{
    private readonly Journal journal = new();
    private readonly RequestSupply supply;
    private readonly Checker checker;

    public CheckerTests()
    {
        supply = new(seed: 7, journal, TimeProvider.System);
        checker = new(journal, [Everything, WithoutKey, WithoutSource]);
    }

    private static ExportPlan Everything { get; } = new("everything");

    private static ExportPlan WithoutKey { get; } = new("without-key") { SkippedKey = "oracle-b" };

    private static ExportPlan WithoutSource { get; } = new("without-source") { SkippedSource = "fused" };

    [Fact]
    public void Nothing_is_found_when_each_acknowledged_report_is_once_where_it_belongs()
    {
        for (var i = 0; i < 50; i++)
            DeliverEverywhere(Acknowledged());

        checker.Finish().ShouldBeEmpty();
    }

    [Fact]
    public void An_acknowledged_report_that_is_missing_from_one_export_is_lost()
    {
        var request = Acknowledged();
        var missing = request.Reports[^1];
        foreach (var export in new[] { Everything, WithoutKey, WithoutSource })
            Deliver(export, request.Reports.Where(report => export.Matches(report) && (export != Everything || report != missing)));

        checker.Finish().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            finding => finding.Kind.ShouldBe(FindingKind.Lost),
            finding => finding.Id.ShouldBe(missing.Id),
            finding => finding.Where.ShouldBe("everything"));
    }

    [Fact]
    public void A_report_that_is_there_twice_is_doubled_acknowledged_or_not()
    {
        foreach (var request in new[] { Acknowledged(), supply.Next(withKey: false) })
        {
            DeliverEverywhere(request);
            Deliver(Everything, request.Reports.Take(1));
        }

        var findings = checker.Finish();
        findings.Count.ShouldBe(2);
        findings.ShouldAllBe(finding => finding.Kind == FindingKind.Doubled && finding.Where == "everything");
    }

    [Fact]
    public void A_report_that_nobody_handed_in_is_foreign()
    {
        var report = Acknowledged();
        DeliverEverywhere(report);
        var body = BodyOf(report.Reports[0]);
        body["wifiAccessPoints"]![0]!["ssid"] = "id-99999999";
        See(Everything, report.Reports[0], body);
        body["wifiAccessPoints"]![0]!["ssid"] = "another network";
        See(Everything, report.Reports[0], body);

        checker.Finish().Select(finding => (finding.Kind, finding.Id)).ShouldBe([(FindingKind.Foreign, 99999999), (FindingKind.Foreign, null)]);
    }

    [Theory]
    [InlineData("timestamp")]
    [InlineData("position")]
    [InlineData("cellTowers")]
    [InlineData("bluetoothBeacons")]
    public void A_report_that_lacks_a_field_is_changed(string field)
    {
        var request = Acknowledged();
        DeliverEverywhere(request, except: request.Reports[0]);
        var body = BodyOf(request.Reports[0]);
        body.Remove(field);
        foreach (var export in Matching(request.Reports[0]))
            See(export, request.Reports[0], body);

        var findings = checker.Finish();
        findings.ShouldNotBeEmpty();
        findings.ShouldAllBe(finding => finding.Kind == FindingKind.Changed && finding.Id == request.Reports[0].Id && finding.Detail.Contains(field));
    }

    [Fact]
    public void A_changed_number_an_added_field_and_a_dropped_network_are_each_named_with_their_path()
    {
        var request = Acknowledged();
        DeliverEverywhere(request);
        var number = BodyOf(request.Reports[0]);
        number["position"]!["latitude"] = number["position"]!["latitude"]!.GetValue<double>() + 0.0000001;
        var added = BodyOf(request.Reports[0]);
        added["cellTowers"]![0]!["serving"] = null;
        var dropped = BodyOf(request.Reports[0]);
        dropped["wifiAccessPoints"]!.AsArray().RemoveAt(1);
        foreach (var body in new[] { number, added, dropped })
            See(Everything, request.Reports[0], body);

        checker.Finish().Where(finding => finding.Kind == FindingKind.Changed).Select(finding => finding.Detail).ShouldSatisfyAllConditions(
            details => details.Count().ShouldBe(3),
            details => details.ElementAt(0).ShouldContain("$.position.latitude"),
            details => details.ElementAt(1).ShouldContain("$.cellTowers[0].serving"),
            details => details.ElementAt(2).ShouldContain("$.wifiAccessPoints"));
    }

    [Fact]
    public void A_report_that_an_export_skips_is_found_there()
    {
        var skipped = Until(request => request.ApiKey == "oracle-b");
        DeliverEverywhere(skipped);
        Deliver(WithoutKey, skipped.Reports.Take(1));

        checker.Finish().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            finding => finding.Kind.ShouldBe(FindingKind.Skipped),
            finding => finding.Where.ShouldBe("without-key"),
            finding => finding.Id.ShouldBe(skipped.Reports[0].Id));
    }

    [Fact]
    public void A_report_in_the_folder_of_another_key_is_misplaced()
    {
        var request = Acknowledged();
        DeliverEverywhere(request, except: request.Reports[0]);
        foreach (var export in Matching(request.Reports[0]))
            checker.See(export, request.Reports[0].Source, "another-key", JsonSerializer.Deserialize<JsonElement>(request.Reports[0].Json));

        checker.Finish().ShouldAllBe(finding => finding.Kind == FindingKind.Misplaced && finding.Id == request.Reports[0].Id);
    }

    [Fact]
    public void A_request_whose_answer_was_lost_may_be_there_whole_or_not_at_all()
    {
        DeliverEverywhere(supply.Next(withKey: false));
        supply.Next(withKey: false);
        checker.Finish().ShouldBeEmpty();
    }

    [Fact]
    public void A_request_whose_answer_was_lost_and_that_is_there_in_part_is_torn()
    {
        var request = Until(one => one.Reports.Count > 1);
        Deliver(Everything, request.Reports.Take(1));

        checker.Finish().ShouldHaveSingleItem().Kind.ShouldBe(FindingKind.Torn);
    }

    private static JsonObject BodyOf(SubmittedReport report) => JsonNode.Parse(report.Json)!.AsObject();

    private static IEnumerable<ExportPlan> Matching(SubmittedReport report) =>
        new[] { Everything, WithoutKey, WithoutSource }.Where(export => export.Matches(report));

    private SubmittedRequest Acknowledged()
    {
        var request = supply.Next(withKey: true);
        request.Acknowledge();
        return request;
    }

    private SubmittedRequest Until(Func<SubmittedRequest, bool> isWanted)
    {
        while (true)
        {
            var request = supply.Next(withKey: false);
            if (isWanted(request))
                return request;
        }
    }

    private void DeliverEverywhere(SubmittedRequest request, SubmittedReport? except = null)
    {
        foreach (var report in request.Reports.Where(report => report != except))
        {
            foreach (var export in Matching(report))
                Deliver(export, [report]);
        }
    }

    private void Deliver(ExportPlan export, IEnumerable<SubmittedReport> reports)
    {
        foreach (var report in reports)
            See(export, report, BodyOf(report));
    }

    private void See(ExportPlan export, SubmittedReport report, JsonNode body) =>
        checker.See(export, report.Source, report.Request.ApiKey, JsonSerializer.SerializeToElement(body));
}
