using Exporter.Delivery.Addresses;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Secrets;
using Exporter.GeosubmitExport.Checks;
using Exporter.GeosubmitExport.Parts;
using Exporter.GeosubmitExport.Requests;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Partners;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exporter.GeosubmitExport;

/// <summary>The sender as the service makes it, allowed to reach this machine, beside a partner with an authority of its own.</summary>
internal sealed class PartnerStand : IAsyncDisposable
{
    private readonly GuardedHandlers handlers;

    private PartnerStand(TimeProvider clock, string[] allowedHosts)
    {
        var secrets = new SecretFolder("", name => SecretBySetting.GetValueOrDefault(name));
        SecretBySetting["EXPORTER_SECRET_AUTHORITY"] = Authority.Pem;
        SecretBySetting["EXPORTER_SECRET_PARTNER_KEY"] = "a key & more";
        handlers = new(new AllowedHosts(allowedHosts), secrets);
        var client = new PartnerClient(handlers, secrets, TimeSpan.FromMinutes(1), clock);
        Sender = new(client, NullLogger<GeosubmitSender>.Instance);
        Probe = new(client, secrets, handlers);
    }

    public TestAuthority Authority { get; } = new();

    public Dictionary<string, string> SecretBySetting { get; } = [];

    public PartnerDouble Partner { get; private set; } = null!;

    public GeosubmitSender Sender { get; }

    public PartnerProbe Probe { get; }

    public static async Task<PartnerStand> StartAsync(
        HttpProtocols protocols = HttpProtocols.Http1AndHttp2, TimeProvider? clock = null, string[]? allowedHosts = null)
    {
        var stand = new PartnerStand(clock ?? TimeProvider.System, allowedHosts ?? ["localhost"]);
        stand.Partner = await PartnerDouble.StartAsync(stand.Authority.Issue(["localhost"]), protocols);
        return stand;
    }

    /// <summary>An export to the partner.</summary>
    public ExportDefinition Export(int batch = 100, string query = "") => TestExports.ToPartner(Partner.Url + query, batch);

    public Task<Outcome> SendAsync(TestBatch batch, ExportDefinition export, int attempt = 1) =>
        Sender.SendAsync(batch.Attempt(export, attempt), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Partner.DisposeAsync();
        handlers.Dispose();
        Authority.Dispose();
    }
}
