using Exporter.Delivery.Exports;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Partners;

namespace Exporter.GeosubmitExport;

public sealed class ProbeTests
{
    [Fact]
    public async Task A_check_sends_a_request_without_reports_and_tells_each_step()
    {
        await using var stand = await PartnerStand.StartAsync();

        var result = await stand.Probe.CheckAsync(stand.Export(query: "?key={secret:partner-key}"), TestContext.Current.CancellationToken);

        result.Steps.Select(step => (step.Name, step.Passed)).ShouldBe([("secrets", true), ("name", true), ("connect", true), ("tls", true), ("post", true)]);
        stand.Partner.Requests.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            request => request.Text.ShouldBe("{\"items\":[]}"), request => request.Key.ShouldBeEmpty());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task An_answer_that_is_no_acceptance_is_a_failed_step(int status)
    {
        await using var stand = await PartnerStand.StartAsync();
        stand.Partner.FailNext(PartnerFault.Answer(status));

        (await LastStepAsync(stand, stand.Export())).ShouldBe(("post", false));
    }

    [Fact]
    public async Task The_step_that_a_check_did_not_get_over_is_the_last()
    {
        await using var stand = await PartnerStand.StartAsync();
        using var other = new TestAuthority();
        await using var stranger = await PartnerDouble.StartAsync(other.Issue(["localhost"]));
        await using var broken = new RawPartner(null, (_, _) => Task.CompletedTask);

        (await LastStepAsync(stand, TestExports.ToPartner(stranger.Url))).ShouldBe(("tls", false));
        (await LastStepAsync(stand, TestExports.ToPartner(broken.Url))).ShouldBe(("connect", false));
        (await LastStepAsync(stand, TestExports.ToPartner("https://127.0.0.1:9/"))).ShouldBe(("name", false));
        (await LastStepAsync(stand, stand.Export(query: "?key={secret:forgotten}"))).ShouldBe(("secrets", false));
    }

    private static async Task<(string, bool)> LastStepAsync(PartnerStand stand, ExportDefinition export)
    {
        var step = (await stand.Probe.CheckAsync(export, TestContext.Current.CancellationToken)).Steps[^1];
        step.Detail.ShouldEndWith(".");
        return (step.Name, step.Passed);
    }
}
