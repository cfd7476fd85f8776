namespace Exporter.Interop.Suite;

/// <summary>A client and a server that talk with each other.</summary>
internal sealed record Pair(Peer Client, Peer Server)
{
    /// <summary>Our client and our server against every other and each other, then two where we take no part: they show that the scripts are right.</summary>
    public static IReadOnlyList<Pair> All { get; } =
    [
        new(Peer.Python, Peer.Ours),
        new(Peer.JavaScript, Peer.Ours),
        new(Peer.Ours, Peer.Python),
        new(Peer.Ours, Peer.JavaScript),
        new(Peer.Ours, Peer.Ours),
        new(Peer.Python, Peer.JavaScript),
        new(Peer.JavaScript, Peer.Python),
    ];

    public bool IsControl => Client != Peer.Ours && Server != Peer.Ours;

    public override string ToString() => $"{NameOf(Client)} → {NameOf(Server)}";

    private static string NameOf(Peer peer) => peer == Peer.Ours ? "ours" : peer.ToString();
}
