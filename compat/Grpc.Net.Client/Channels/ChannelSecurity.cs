using System.Security.Cryptography.X509Certificates;
using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>Holds a channel's credentials against its address.</summary>
internal sealed class ChannelSecurity : ChannelCredentialsConfiguratorBase
{
    private readonly List<CallCredentials> _callCredentials = [];

    private bool? _secure;

    public static IReadOnlyList<CallCredentials> Of(Uri address, ChannelCredentials? credentials)
    {
        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException($"Address '{address}' must begin with 'http://' or 'https://'.", nameof(address));
        var security = new ChannelSecurity();
        credentials?.InternalPopulateConfiguration(security, null);
        if (security._secure is { } secure && secure != (address.Scheme == Uri.UriSchemeHttps))
            throw new InvalidOperationException(
                $"Channel is configured with {(secure ? "secure" : "insecure")} channel credentials and can't use '{address.Scheme}'.");
        return security._callCredentials;
    }

    public override void SetInsecureCredentials(object? state) => _secure = false;

    public override void SetSslCredentials(
        object? state, string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback)
    {
        if (!string.IsNullOrEmpty(rootCertificates) || keyCertificatePair is not null || verifyPeerCallback is not null)
            throw new InvalidOperationException(
                "GrpcChannel takes no certificates from SslCredentials. Set them on GrpcChannelOptions.HttpHandler.");
        _secure = true;
    }

    public override void SetCompositeCredentials(object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        channelCredentials.InternalPopulateConfiguration(this, state);
        _callCredentials.Add(callCredentials);
    }
}
