namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint by its name, whether it is declared yet or not.</summary>
/// <param name="owner">The resource that has it.</param>
/// <param name="endpointName">Its name.</param>
public sealed class EndpointReference(IResourceWithEndpoints owner, string endpointName) : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    /// <summary>The resource that has it.</summary>
    public IResourceWithEndpoints Resource { get; } = owner;

    /// <summary>Its name.</summary>
    public string EndpointName { get; } = endpointName;

    /// <summary>Whether it is declared.</summary>
    public bool Exists => Find() is not null;

    /// <summary>Whether it is known where it is.</summary>
    public bool IsAllocated => Find()?.AllocatedEndpoint is not null;

    /// <summary>Whether its scheme is http.</summary>
    public bool IsHttp => Scheme == "http";

    /// <summary>Whether its scheme is https.</summary>
    public bool IsHttps => Scheme == "https";

    /// <summary>The scheme of its url.</summary>
    public string Scheme => Annotation.UriScheme;

    /// <summary>Its host.</summary>
    public string Host => Allocated.Address;

    /// <summary>Its port.</summary>
    public int Port => Allocated.Port;

    /// <summary>The port on which the process or the container listens; null when it is <see cref="Port"/>.</summary>
    public int? TargetPort => Annotation.TargetPort;

    /// <summary>Its url.</summary>
    public string Url => Allocated.UriString;

    /// <inheritdoc />
    public string ValueExpression => $"{{{Resource.Name}.bindings.{EndpointName}.url}}";

    IEnumerable<object> IValueWithReferences.References => [Resource];

    internal EndpointAnnotation Annotation => Find()
        ?? throw new InvalidOperationException($"Resource '{Resource.Name}' has no endpoint '{EndpointName}'. Declare it with WithEndpoint or WithHttpEndpoint.");

    private AllocatedEndpoint Allocated => Annotation.AllocatedEndpoint
        ?? throw new InvalidOperationException($"Where endpoint '{EndpointName}' of resource '{Resource.Name}' is gets known when the application starts. Take the reference itself as a value.");

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Url);

    /// <summary>A part of where it is.</summary>
    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    private EndpointAnnotation? Find() => Resource.Annotations.OfType<EndpointAnnotation>()
        .SingleOrDefault(endpoint => string.Equals(endpoint.Name, EndpointName, StringComparison.OrdinalIgnoreCase));
}
