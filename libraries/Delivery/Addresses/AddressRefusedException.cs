namespace Exporter.Delivery.Addresses;

/// <summary>A host leads to no public address, and is not allowed by name.</summary>
public sealed class AddressRefusedException(string host)
    : Exception($"The host '{host}' has no public address. If it is meant, add it to 'Exporter:AllowedHosts'.")
{
    /// <summary>The host as it was written.</summary>
    public string Host { get; } = host;
}
