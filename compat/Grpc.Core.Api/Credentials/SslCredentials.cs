namespace Grpc.Core;

/// <summary>TLS, with roots and a client certificate of the caller's choice.</summary>
public sealed class SslCredentials : ChannelCredentials
{
    private readonly VerifyPeerCallback? _verifyPeer;

    /// <summary>TLS with the machine's trusted roots.</summary>
    public SslCredentials() : this(null, null, null)
    {
    }

    /// <summary>TLS with the roots of a PEM text.</summary>
    public SslCredentials(string? rootCertificates) : this(rootCertificates, null, null)
    {
    }

    /// <summary>TLS with the roots of a PEM text and a client certificate.</summary>
    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair)
        : this(rootCertificates, keyCertificatePair, null)
    {
    }

    /// <summary>TLS with roots, a client certificate and a check of the server's.</summary>
    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback)
    {
        RootCertificates = rootCertificates;
        KeyCertificatePair = keyCertificatePair;
        _verifyPeer = verifyPeerCallback;
    }

    /// <summary>The roots as PEM text; null for the machine's.</summary>
    public string? RootCertificates { get; }

    /// <summary>The client's certificate and key.</summary>
    public KeyCertificatePair? KeyCertificatePair { get; }

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetSslCredentials(state, RootCertificates, KeyCertificatePair, _verifyPeer);
}
