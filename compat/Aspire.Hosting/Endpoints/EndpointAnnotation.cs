using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where a resource listens.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    /// <summary>Declares an endpoint.</summary>
    public EndpointAnnotation(ProtocolType protocol, string? uriScheme = null, string? transport = null, string? name = null, int? port = null, int? targetPort = null, bool? isExternal = null, bool isProxied = true)
    {
        if (protocol != ProtocolType.Tcp)
            throw new NotSupportedException($"Aspire.Hosting (stand-in): endpoints are TCP, found {protocol}.");

        Protocol = protocol;
        UriScheme = uriScheme ?? "tcp";
        Transport = transport ?? (UriScheme is "http" or "https" ? "http" : "tcp");
        Name = name ?? UriScheme;
        Port = port;
        TargetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied;
    }

    /// <summary>TCP.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>The port that others see; a free one when null.</summary>
    public int? Port { get; set; }

    /// <summary>The port on which the process or the container listens; the one that others see when null.</summary>
    public int? TargetPort { get; set; }

    /// <summary>The scheme of its url.</summary>
    public string UriScheme { get; set; }

    /// <summary>The host in its url.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary><c>http</c>, <c>http2</c> or <c>tcp</c>.</summary>
    public string Transport { get; set; }

    /// <summary>Its name, unique in the resource.</summary>
    public string Name { get; set; }

    /// <summary>Whether it is for others than this application's resources. Here everything listens on loopback whatever it says.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether something may stand between: without it a resource with replicas can't have it.</summary>
    public bool IsProxied { get; set; }

    /// <summary>Where it is; null until the application starts.</summary>
    public AllocatedEndpoint? AllocatedEndpoint { get; set; }

    /// <summary>The variable by which the process is told its port; null when it is told by ASPNETCORE_URLS or not at all.</summary>
    internal string? TargetPortEnvironmentVariable { get; set; }

    internal bool IsHttp => UriScheme is "http" or "https";
}
