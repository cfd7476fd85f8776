using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Exporter.Doorbells.RabbitMq;

/// <summary>Trusts a broker's certificate when its name is right, and one of the file's authorities signed it, or one of the machine's without a file.</summary>
internal sealed class BrokerCertificate
{
    private readonly X509Certificate2Collection? authorities;

    public BrokerCertificate(string? authorityFile)
    {
        if (authorityFile is null)
            return;
        authorities = [];
        authorities.ImportFromPemFile(authorityFile);
    }

    public bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? offered, SslPolicyErrors errors)
    {
        if (authorities is null)
            return errors == SslPolicyErrors.None;
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
