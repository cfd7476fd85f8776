using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <content>References.</content>
public static partial class ResourceBuilderExtensions
{
    private const string Reference = nameof(Reference);

    /// <summary>Gives a resource the connection string of another, as <c>ConnectionStrings__name</c>.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The other.</param>
    /// <param name="connectionName">The name; the other's own when null.</param>
    /// <param name="optional">Whether it may be missing.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        var variable = resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{connectionName ?? resource.Name}";
        return builder.RelatesTo(resource).WithEnvironment(context => context.EnvironmentVariables[variable] = new ConnectionStringReference(resource, optional));
    }

    /// <summary>Tells a resource where the endpoints of another are, as <c>services__name__endpoint__0</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment => builder.RelatesTo(source.Resource).WithEnvironment(context =>
        {
            foreach (var endpoint in source.Resource.Annotations.OfType<EndpointAnnotation>())
                context.Discover(new EndpointReference(source.Resource, endpoint.Name));
        });

    /// <summary>Tells a resource where an endpoint of another is, as <c>services__name__endpoint__0</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment =>
        builder.RelatesTo(endpointReference.Resource).WithEnvironment(context => context.Discover(endpointReference));

    /// <summary>Tells a resource where a service outside the application is, as <c>services__name__default__0</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        if (!uri.IsAbsoluteUri || uri.PathAndQuery != "/")
            throw new InvalidOperationException($"The address of service '{name}' must be absolute and without a path, found '{uri}'.");

        return builder.WithEnvironment($"services__{name}__default__0", uri.ToString());
    }

    private static void Discover(this EnvironmentCallbackContext context, EndpointReference endpoint) =>
        context.EnvironmentVariables[$"services__{endpoint.Resource.Name}__{endpoint.EndpointName}__0"] = endpoint;

    private static IResourceBuilder<T> RelatesTo<T>(this IResourceBuilder<T> builder, IResource other)
        where T : IResource => builder.WithAnnotation(new ResourceRelationshipAnnotation(other, Reference));
}
