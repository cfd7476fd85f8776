namespace Aspire.Hosting.ApplicationModel;

/// <summary>A PostgreSQL server.</summary>
/// <param name="name">Its name.</param>
/// <param name="userName">Its superuser; <c>postgres</c> when null.</param>
/// <param name="password">The superuser's password.</param>
public class PostgresServerResource(string name, ParameterResource? userName, ParameterResource password) : ContainerResource(name), IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";
    private const string DefaultUserName = "postgres";
    private readonly Dictionary<string, string> databases = new(StringComparer.OrdinalIgnoreCase);
    private EndpointReference? primaryEndpoint;

    /// <summary>Where it listens.</summary>
    public EndpointReference PrimaryEndpoint => primaryEndpoint ??= new(this, PrimaryEndpointName);

    /// <summary>Its superuser; <c>postgres</c> when null.</summary>
    public ParameterResource? UserNameParameter { get; set; } = userName;

    /// <summary>The superuser's password.</summary>
    public ParameterResource PasswordParameter { get; set; } = password;

    /// <summary>Its databases: the database's own name by the resource's.</summary>
    public IReadOnlyDictionary<string, string> Databases => databases;

    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Host={PrimaryEndpoint.Property(EndpointProperty.Host)};Port={PrimaryEndpoint.Property(EndpointProperty.Port)};Username={UserNameReference};Password={PasswordParameter}");

    internal ReferenceExpression UserNameReference =>
        UserNameParameter is { } parameter ? ReferenceExpression.Create($"{parameter}") : ReferenceExpression.Create($"{DefaultUserName}");

    /// <summary>The connection string, of no database in particular.</summary>
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => ConnectionStringExpression.GetValueAsync(cancellationToken);

    internal void AddDatabase(string resource, string database) => databases.TryAdd(resource, database);
}
