using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <content>Endpoints.</content>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Changes an endpoint, or declares it.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<EndpointAnnotation> callback, bool createIfNotExists = true)
        where T : IResourceWithEndpoints
    {
        var endpoint = builder.FindEndpoint(endpointName);
        if (endpoint is null && createIfNotExists)
            builder.WithAnnotation(endpoint = new EndpointAnnotation(ProtocolType.Tcp, name: endpointName));
        if (endpoint is not null)
            callback(endpoint);
        return builder;
    }

    /// <summary>Declares an endpoint.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="port">The port that others see; a free one when null.</param>
    /// <param name="targetPort">The port on which the process or the container listens; the one that others see when null.</param>
    /// <param name="scheme">The scheme of its url; <c>tcp</c> when null.</param>
    /// <param name="name">Its name; the scheme when null.</param>
    /// <param name="env">The variable by which the process is told its port.</param>
    /// <param name="isProxied">Whether something may stand between.</param>
    /// <param name="isExternal">Whether it is for others than this application's resources.</param>
    /// <param name="protocol">TCP.</param>
    /// <exception cref="DistributedApplicationException">The resource has an endpoint of that name.</exception>
    public static IResourceBuilder<T> WithEndpoint<T>(this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? scheme = null, [EndpointName] string? name = null, string? env = null, bool isProxied = true, bool? isExternal = null, ProtocolType? protocol = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = new EndpointAnnotation(protocol ?? ProtocolType.Tcp, scheme, transport: null, name, port, targetPort, isExternal, isProxied) { TargetPortEnvironmentVariable = env };
        if (builder.FindEndpoint(endpoint.Name) is not null)
            throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' has an endpoint '{endpoint.Name}' already. Give this one another name.");

        return builder.WithAnnotation(endpoint);
    }

    /// <summary>Declares an HTTP endpoint.</summary>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, [EndpointName] string? name = null, string? env = null, bool isProxied = true)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "http", name, env, isProxied);

    /// <summary>Declares an HTTPS endpoint; the process finds its certificate by itself.</summary>
    public static IResourceBuilder<T> WithHttpsEndpoint<T>(this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, [EndpointName] string? name = null, string? env = null, bool isProxied = true)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "https", name, env, isProxied);

    /// <summary>Says that the HTTP endpoints are for others than this application's resources. Here everything listens on loopback all the same.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.IsHttp))
            endpoint.IsExternal = true;
        return builder;
    }

    /// <summary>Says that the HTTP endpoints speak HTTP/2 only.</summary>
    public static IResourceBuilder<T> AsHttp2Service<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.IsHttp))
            endpoint.Transport = "http2";
        return builder;
    }

    /// <summary>An endpoint by its name, whether it is declared yet or not.</summary>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, [EndpointName] string name)
        where T : IResourceWithEndpoints => new(builder.Resource, name);

    private static EndpointAnnotation? FindEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints => builder.Resource.Annotations.OfType<EndpointAnnotation>()
        .SingleOrDefault(endpoint => string.Equals(endpoint.Name, name, StringComparison.OrdinalIgnoreCase));
}
