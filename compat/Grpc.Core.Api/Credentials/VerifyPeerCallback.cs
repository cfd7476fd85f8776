namespace Grpc.Core;

/// <summary>Accepts or refuses a server's certificate.</summary>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);

/// <summary>The server whose certificate is to be accepted.</summary>
public class VerifyPeerContext(string targetName, string peerPem)
{
    /// <summary>The name that was called.</summary>
    public string TargetName { get; } = targetName;

    /// <summary>The certificate as PEM text.</summary>
    public string PeerPem { get; } = peerPem;
}
