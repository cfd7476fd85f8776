namespace Aspire.Hosting.ApplicationModel;

/// <summary>A RabbitMQ server.</summary>
/// <param name="name">Its name.</param>
/// <param name="userName">Its user; <c>guest</c> when null.</param>
/// <param name="password">The user's password.</param>
public class RabbitMQServerResource(string name, ParameterResource? userName, ParameterResource password) : ContainerResource(name), IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";
    internal const string ManagementEndpointName = "management";
    private const string DefaultUserName = "guest";
    private EndpointReference? primaryEndpoint;

    /// <summary>Where it listens.</summary>
    public EndpointReference PrimaryEndpoint => primaryEndpoint ??= new(this, PrimaryEndpointName);

    /// <summary>Its user; <c>guest</c> when null.</summary>
    public ParameterResource? UserNameParameter { get; } = userName;

    /// <summary>The user's password.</summary>
    public ParameterResource PasswordParameter { get; } = password;

    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"amqp://{UserNameReference}:{PasswordParameter}@{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}");

    internal ReferenceExpression UserNameReference =>
        UserNameParameter is { } parameter ? ReferenceExpression.Create($"{parameter}") : ReferenceExpression.Create($"{DefaultUserName}");
}
