using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Exporter.Delivery.Secrets;

namespace Exporter.Delivery.Addresses;

/// <summary>
/// Guarded handlers, one for the machine's own authorities and one for each secret that names others. The secret is read for each
/// request: a changed one counts from the next connection on.
/// </summary>
/// <param name="allowed">Hosts that may lead anywhere.</param>
/// <param name="secrets">Where authorities are found.</param>
/// <param name="resolve">Gives a name's addresses.</param>
public sealed class GuardedHandlers(AllowedHosts allowed, SecretFolder secrets, Func<string, CancellationToken, Task<IPAddress[]>> resolve) : IDisposable
{
    private const int Most = 256;
    private readonly Lock gate = new();
    private readonly Dictionary<string, (string Sha256, SocketsHttpHandler Handler)> handlers = [];

    /// <summary>Handlers that resolve names as this machine does.</summary>
    public GuardedHandlers(AllowedHosts allowed, SecretFolder secrets)
        : this(allowed, secrets, Dns.GetHostAddressesAsync)
    {
    }

    /// <summary>The handler that trusts these authorities alone.</summary>
    /// <param name="authoritySecret">Name of a secret with certificates in PEM; empty for the machine's own authorities.</param>
    /// <exception cref="SecretException">There is no such secret, or it holds no certificate.</exception>
    public SocketsHttpHandler Of(string authoritySecret)
    {
        var pem = authoritySecret.Length > 0 ? secrets.Read(authoritySecret) : "";
        var sha256 = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(pem)));
        lock (gate)
        {
            if (handlers.TryGetValue(authoritySecret, out var held) && held.Sha256 == sha256)
                return held.Handler;

            // Whoever still uses one that is forgotten here may finish; its idle connections end by themselves.
            if (handlers.Count >= Most)
                handlers.Clear();
            var made = Create(authoritySecret.Length > 0 ? TrustedAuthorities.Read(authoritySecret, pem) : null);
            handlers[authoritySecret] = (sha256, made);
            return made;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var (_, handler) in handlers.Values)
                handler.Dispose();
            handlers.Clear();
        }
    }

    private SocketsHttpHandler Create(X509Certificate2Collection? authorities)
    {
        var handler = GuardedHttp.CreateHandler(allowed, resolve);
        handler.SslOptions.CertificateChainPolicy = TrustedAuthorities.PolicyOf(authorities);
        return handler;
    }
}
