using System.Security.Cryptography.X509Certificates;
using Exporter.Admin.V1;
using Exporter.TestKit.Partners;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Standalone.Boxes;

/// <summary>Two Exporters with TLS on their HTTP doors, each with an archive and the other as its partner, who keep the other's own data from going back.</summary>
internal sealed class Exchange : IAsyncDisposable
{
    private readonly TestAuthority authority = new();
    private readonly string folder = Directory.CreateTempSubdirectory("exchange-tests-").FullName;

    public Box First { get; private set; } = null!;

    public Box Second { get; private set; } = null!;

    public static async Task<Exchange> StartAsync(IReadOnlyDictionary<string, string>? settingsOfFirst = null)
    {
        var exchange = new Exchange();
        exchange.First = await exchange.StartOneAsync("first", settingsOfFirst);
        exchange.Second = await exchange.StartOneAsync("second");
        await BefriendAsync(exchange.First, exchange.Second, sends: "from-first", gets: "from-second");
        await BefriendAsync(exchange.Second, exchange.First, sends: "from-second", gets: "from-first");
        return exchange;
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        authority.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<Box> StartOneAsync(string name, IReadOnlyDictionary<string, string>? more = null)
    {
        using var certificate = authority.Issue(["localhost", "127.0.0.1"]);
        using var privateKey = certificate.GetECDsaPrivateKey()!;
        var (path, key) = (Path.Combine(folder, $"{name}.pem"), Path.Combine(folder, $"{name}.key"));
        await File.WriteAllTextAsync(path, certificate.ExportCertificatePem(), Test.Cancel);
        await File.WriteAllTextAsync(key, privateKey.ExportPkcs8PrivateKeyPem(), Test.Cancel);
        return await Box.StartAsync(new Dictionary<string, string>(more ?? new Dictionary<string, string>())
        {
            ["Kestrel__Endpoints__Http__Url"] = $"https://127.0.0.1:{TestKit.Ceph.FreePort.Next()}",
            ["Kestrel__Endpoints__Http__Certificate__Path"] = path,
            ["Kestrel__Endpoints__Http__Certificate__KeyPath"] = key,
            ["Exporter__AllowedHosts__0"] = "127.0.0.1",
            ["EXPORTER_SECRET_PARTNER_KEY"] = $"from-{name}",
            ["EXPORTER_SECRET_AUTHORITY"] = authority.Pem,
        });
    }

    private static async Task BefriendAsync(Box box, Box partner, string sends, string gets)
    {
        await partner.Admin.CreateApiKeyAsync(new() { ApiKey = new() { Key = sends, SubmitSamplePercent = 100 } }, cancellationToken: Test.Cancel);
        await box.CreateExportAsync("archive");
        await box.CreateExportAsync("partner", export =>
        {
            export.Kind = ExportKind.Geosubmit;
            export.Settings = new()
            {
                Url = new Uri(partner.Process.Addresses.Http, "/v2/geosubmit") + "?key={secret:partner-key}",
                BatchReports = 10,
                MaxDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(200)),
                Concurrency = 2,
                AuthoritySecret = "authority",
            };
            export.Settings.SkipKeys.Add(gets);
        });
    }
}
