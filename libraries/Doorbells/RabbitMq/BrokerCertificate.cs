using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Exporter.Doorbells.RabbitMq;

/// <summary>Trusts a broker's certificate only when one of the given authorities signed it.</summary>
internal sealed class BrokerCertificate
{
    private readonly X509Certificate2Collection authorities = [];

    public BrokerCertificate(string authorityFile) => authorities.ImportFromPemFile(authorityFile);

    public bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? offered, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 broker || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (offered is not null)
            chain.ChainPolicy.ExtraStore.AddRange(offered.ChainPolicy.ExtraStore);
        return chain.Build(broker);
    }
}
