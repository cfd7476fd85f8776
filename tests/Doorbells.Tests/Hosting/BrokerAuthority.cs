using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Exporter.Doorbells.Hosting;

/// <summary>An authority made for a test, and a certificate that it signed for a broker, as files.</summary>
internal sealed class BrokerAuthority : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("exporter-tls-").FullName;

    public BrokerAuthority(string brokerName)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Authority for tests", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));

        using var brokerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var brokerRequest = new CertificateRequest($"CN={brokerName}", brokerKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(brokerName);
        brokerRequest.CertificateExtensions.Add(names.Build());
        using var broker = brokerRequest.Create(authority, now.AddHours(-1), now.AddHours(23), [1]);

        File.WriteAllText(AuthorityFile, authority.ExportCertificatePem());
        File.WriteAllText(CertificateFile, broker.ExportCertificatePem());
        File.WriteAllText(KeyFile, brokerKey.ExportPkcs8PrivateKeyPem());
    }

    public string AuthorityFile => Path.Combine(folder, "authority.pem");

    public string CertificateFile => Path.Combine(folder, "broker.pem");

    public string KeyFile => Path.Combine(folder, "broker.key");

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
