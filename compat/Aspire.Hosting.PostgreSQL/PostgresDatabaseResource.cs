namespace Aspire.Hosting.ApplicationModel;

/// <summary>A database of a PostgreSQL server. It is made when it is missing.</summary>
/// <param name="name">Its name as a resource.</param>
/// <param name="databaseName">Its name in the server.</param>
/// <param name="postgresParentResource">The server.</param>
public class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource postgresParentResource)
    : Resource(name), IResourceWithParent<PostgresServerResource>, IResourceWithConnectionString
{
    /// <summary>The server.</summary>
    public PostgresServerResource Parent { get; } = postgresParentResource;

    /// <summary>Its name in the server.</summary>
    public string DatabaseName { get; } = databaseName;

    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Parent.ConnectionStringExpression};Database={DatabaseName}");
}
