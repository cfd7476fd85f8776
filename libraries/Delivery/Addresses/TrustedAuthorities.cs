using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Exporter.Delivery.Secrets;

namespace Exporter.Delivery.Addresses;

/// <summary>Who may have signed a destination's certificate.</summary>
internal static class TrustedAuthorities
{
    /// <summary>The certificates in a secret.</summary>
    /// <exception cref="SecretException">There is none.</exception>
    public static X509Certificate2Collection Read(string secret, string pem)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new SecretException($"The secret '{secret}' holds a certificate that can't be read. Write the authorities into it in PEM.", e);
        }

        return authorities.Count > 0
            ? authorities
            : throw new SecretException($"The secret '{secret}' holds no certificate. Write the authorities into it in PEM.");
    }

    /// <summary>How a destination's certificate is judged; its name is checked beside this, always.</summary>
    /// <param name="authorities">They alone; null for the machine's.</param>
    public static X509ChainPolicy PolicyOf(X509Certificate2Collection? authorities)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true, // a hostile certificate would choose addresses for us to fetch from
        };
        if (authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);
        }

        return policy;
    }
}
