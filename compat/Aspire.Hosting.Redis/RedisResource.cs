namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Redis server.</summary>
/// <param name="name">Its name.</param>
public class RedisResource(string name) : ContainerResource(name), IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";
    private EndpointReference? primaryEndpoint;

    /// <summary>A Redis server with a password.</summary>
    public RedisResource(string name, ParameterResource password)
        : this(name) => PasswordParameter = password;

    /// <summary>Where it listens.</summary>
    public EndpointReference PrimaryEndpoint => primaryEndpoint ??= new(this, PrimaryEndpointName);

    /// <summary>Its password.</summary>
    public ParameterResource? PasswordParameter { get; private set; }

    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            var expression = new ReferenceExpressionBuilder();
            expression.Append($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}");
            if (PasswordParameter is not null)
                expression.Append($",password={PasswordParameter}");
            return expression.Build();
        }
    }

    internal void SetPassword(ParameterResource? password) => PasswordParameter = password;
}
