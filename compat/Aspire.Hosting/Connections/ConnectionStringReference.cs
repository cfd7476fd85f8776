namespace Aspire.Hosting.ApplicationModel;

/// <summary>The connection string of another resource, as a variable's value.</summary>
/// <param name="resource">The other.</param>
/// <param name="optional">Whether it may be missing: the variable is not set then.</param>
public class ConnectionStringReference(IResourceWithConnectionString resource, bool optional) : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    /// <summary>The other.</summary>
    public IResourceWithConnectionString Resource { get; } = resource;

    /// <summary>Whether it may be missing.</summary>
    public bool Optional { get; } = optional;

    string IManifestExpressionProvider.ValueExpression => Resource.ValueExpression;

    IEnumerable<object> IValueWithReferences.References => [Resource];

    async ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Resource.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MissingParameterValueException) when (Optional)
        {
            // The caller said that he can do without.
            return null;
        }
    }
}
