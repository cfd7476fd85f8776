using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where an endpoint is.</summary>
/// <param name="endpoint">The endpoint.</param>
/// <param name="address">Its host.</param>
/// <param name="port">Its port.</param>
public class AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port)
{
    /// <summary>The endpoint.</summary>
    public EndpointAnnotation Endpoint { get; } = endpoint;

    /// <summary>Its host.</summary>
    public string Address { get; } = address;

    /// <summary>Its port.</summary>
    public int Port { get; } = port;

    /// <summary>The scheme of its url.</summary>
    public string UriScheme => Endpoint.UriScheme;

    /// <summary>Host and port.</summary>
    public string EndPointString => string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}");

    /// <summary>Its url.</summary>
    public string UriString => $"{UriScheme}://{EndPointString}";

    /// <inheritdoc />
    public override string ToString() => UriString;
}
