namespace Grpc.Core;

/// <summary>Takes channel credentials apart.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>Takes a channel without encryption.</summary>
    public abstract void SetInsecureCredentials(object? state);

    /// <summary>Takes a channel with TLS.</summary>
    public abstract void SetSslCredentials(
        object? state, string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback);

    /// <summary>Takes a channel whose calls all carry credentials.</summary>
    public abstract void SetCompositeCredentials(object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
