using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Partners;

namespace Exporter.GeosubmitExport;

/// <summary>Only the partner that is meant gets reports, and no secret is told to anybody else.</summary>
public sealed class TrustTests
{
    [Fact]
    public async Task A_certificate_of_another_authority_is_not_trusted()
    {
        await using var stand = await PartnerStand.StartAsync();
        using var other = new TestAuthority();
        await using var stranger = await PartnerDouble.StartAsync(other.Issue(["localhost"]));

        (await FaultOfAsync(stand, TestExports.ToPartner(stranger.Url))).ShouldBe(("tls", FaultOf.SetUp));
        stranger.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_authorities_of_its_own_an_export_trusts_the_machines_alone()
    {
        await using var stand = await PartnerStand.StartAsync();
        var export = stand.Export();

        (await FaultOfAsync(stand, export with { Settings = export.Settings with { AuthoritySecret = "" } })).ShouldBe(("tls", FaultOf.SetUp));
    }

    [Theory]
    [InlineData("elsewhere.example", false)]
    [InlineData("localhost", true)]
    public async Task The_right_authority_does_not_excuse_another_name_or_a_time_that_is_over(string name, bool isExpired)
    {
        await using var stand = await PartnerStand.StartAsync();
        await using var partner = await PartnerDouble.StartAsync(stand.Authority.Issue([name], isExpired));

        (await FaultOfAsync(stand, TestExports.ToPartner(partner.Url))).ShouldBe(("tls", FaultOf.SetUp));
        partner.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_handshake_that_breaks_off_is_a_fault_of_the_destination()
    {
        await using var stand = await PartnerStand.StartAsync();
        await using var raw = new RawPartner(null, (_, _) => Task.CompletedTask);

        (await FaultOfAsync(stand, TestExports.ToPartner(raw.Url))).ShouldBe(("connection", FaultOf.Destination));
    }

    [Fact]
    public async Task Another_authority_in_the_secret_counts_from_the_next_connection_on()
    {
        await using var stand = await PartnerStand.StartAsync();
        using var other = new TestAuthority();
        stand.SecretBySetting["EXPORTER_SECRET_AUTHORITY"] = other.Pem;
        (await FaultOfAsync(stand, stand.Export())).ShouldBe(("tls", FaultOf.SetUp));

        stand.SecretBySetting["EXPORTER_SECRET_AUTHORITY"] = $"{other.Pem}\n{stand.Authority.Pem}\n";

        (await stand.SendAsync(TestBatch.Seal(stand.Export(), 1), stand.Export())).ShouldBe(new Outcome.Delivered());
    }

    [Theory]
    [InlineData("AUTHORITY", null)]
    [InlineData("AUTHORITY", "no certificate")]
    [InlineData("AUTHORITY", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    [InlineData("PARTNER_KEY", null)]
    public async Task A_secret_that_is_missing_or_holds_something_else_is_named_and_nothing_is_sent(string variable, string? value)
    {
        await using var stand = await PartnerStand.StartAsync();
        stand.SecretBySetting["EXPORTER_SECRET_" + variable] = value!;
        var export = stand.Export(query: "?key={secret:partner-key}");

        var deferred = (await stand.SendAsync(TestBatch.Seal(export, 1), export)).ShouldBeOfType<Outcome.Deferred>();

        (deferred.ErrorType, deferred.Fault).ShouldBe(("secret_missing", FaultOf.SetUp));
        deferred.Detail.ShouldContain(variable == "AUTHORITY" ? "'authority'" : "'partner-key'");
        stand.Partner.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_partner_inside_is_refused_unless_its_host_is_allowed()
    {
        await using var stand = await PartnerStand.StartAsync(allowedHosts: ["elsewhere"]);

        (await FaultOfAsync(stand, stand.Export())).ShouldBe(("address_refused", FaultOf.SetUp));
        stand.Partner.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var stand = await PartnerStand.StartAsync();
        stand.Partner.FailNext(new(PartnerEffect.Answer, 308, Location: stand.Partner.Url));

        (await FaultOfAsync(stand, stand.Export())).ShouldBe(("redirected", FaultOf.SetUp));
        stand.Partner.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(301)]
    [InlineData(503)]
    public async Task No_sentence_holds_a_secret(int status)
    {
        await using var stand = await PartnerStand.StartAsync();
        stand.SecretBySetting["EXPORTER_SECRET_PARTNER_KEY"] = "geheim-4711";
        stand.Partner.Refuses = _ => status;
        var export = stand.Export(query: "?key={secret:partner-key}");

        var deferred = (await stand.SendAsync(TestBatch.Seal(export, 3), export)).ShouldBeOfType<Outcome.Deferred>();

        stand.Partner.Requests[0].Query.ShouldBe("?key=geheim-4711");
        deferred.Detail.ShouldNotContain("geheim");
        deferred.Detail.ShouldNotContain("key=");
    }

    private static async Task<(string, FaultOf)> FaultOfAsync(PartnerStand stand, ExportDefinition export)
    {
        var deferred = (await stand.SendAsync(TestBatch.Seal(export, 1), export)).ShouldBeOfType<Outcome.Deferred>();
        return (deferred.ErrorType, deferred.Fault);
    }
}
