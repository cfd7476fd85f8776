namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of where an endpoint is.</summary>
public enum EndpointProperty
{
    /// <summary>The whole url.</summary>
    Url = 0,

    /// <summary>The host.</summary>
    Host = 1,

    /// <summary>The host as an IPv4 address.</summary>
    IPV4Host = 2,

    /// <summary>The port.</summary>
    Port = 3,

    /// <summary>The scheme.</summary>
    Scheme = 4,

    /// <summary>The port on which the process or the container listens.</summary>
    TargetPort = 5,

    /// <summary>Host and port.</summary>
    HostAndPort = 6,
}
