namespace Grpc.Core;

/// <summary>What is known of a peer by its certificate.</summary>
public class AuthContext(string? peerIdentityPropertyName, Dictionary<string, List<AuthProperty>> properties)
{
    /// <summary>Whether the peer has shown who it is.</summary>
    public bool IsPeerAuthenticated => peerIdentityPropertyName is not null;

    /// <summary>The name of the properties that say who the peer is.</summary>
    public string? PeerIdentityPropertyName => peerIdentityPropertyName;

    /// <summary>The properties that say who the peer is.</summary>
    public IEnumerable<AuthProperty> PeerIdentity =>
        peerIdentityPropertyName is null ? [] : FindPropertiesByName(peerIdentityPropertyName);

    /// <summary>All properties.</summary>
    public IEnumerable<AuthProperty> Properties => properties.Values.SelectMany(list => list);

    /// <summary>The properties of a name.</summary>
    public IEnumerable<AuthProperty> FindPropertiesByName(string propertyName) =>
        properties.TryGetValue(propertyName, out var found) ? found : [];
}
