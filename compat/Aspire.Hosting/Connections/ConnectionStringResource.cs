using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A connection string made of other values.</summary>
/// <param name="name">Its name.</param>
/// <param name="connectionStringExpression">The connection string.</param>
public sealed class ConnectionStringResource(string name, ReferenceExpression connectionStringExpression)
    : Resource(name), IResourceWithConnectionString, IResourceWithoutLifetime
{
    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression { get; } = connectionStringExpression;
}
