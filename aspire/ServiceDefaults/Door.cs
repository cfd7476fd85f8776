namespace Exporter.ServiceDefaults;

/// <summary>A listener by its purpose: one of Kestrel's endpoints, so that TLS is Kestrel's own configuration (section <c>Kestrel:Endpoints</c>).</summary>
/// <param name="Name">The endpoint's name, and what <see cref="DoorGate.AtDoor{TBuilder}"/> goes by.</param>
/// <param name="Protocols">What Kestrel calls them.</param>
/// <param name="Port">The port where <see cref="PortKey"/> says nothing.</param>
/// <param name="ListenKey">The setting of its address.</param>
public sealed record Door(string Name, string Protocols, int Port, string ListenKey)
{
    /// <summary>For phones, and for probes of health.</summary>
    public static Door Http { get; } = new("Http", "Http1", 8080, "Exporter:Listen");

    /// <summary>For services: cleartext HTTP/2.</summary>
    public static Door Grpc { get; } = new("Grpc", "Http2", 8081, "Exporter:Listen");

    /// <summary>For operators: never where phones come in unless told so.</summary>
    public static Door Admin { get; } = new("Admin", "Http2", 8082, "Exporter:AdminListen");

    /// <summary>The setting of its port.</summary>
    public string PortKey => $"Exporter:{Name}Port";

    /// <summary>What is wrong with its settings, as sentences.</summary>
    public IEnumerable<string> Problems(IConfiguration configuration)
    {
        if (configuration[ListenKey] is { } address && !System.Net.IPAddress.TryParse(address, out _))
            yield return $"'{ListenKey}' must be an IP address such as 127.0.0.1 or 0.0.0.0, found '{address}'.";
        if (configuration[PortKey] is { } port && !(int.TryParse(port, out var number) && number is >= 0 and <= 65535))
            yield return $"'{PortKey}' must be 0 (any free one) to 65535, found {port}.";
    }

    internal string Url(IConfiguration configuration)
    {
        var address = System.Net.IPAddress.Parse(configuration[ListenKey] ?? "127.0.0.1");
        var host = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}";
        return $"http://{host}:{configuration[PortKey] ?? $"{Port}"}";
    }
}
