using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Connection strings that no resource of the application makes.</summary>
public static class ConnectionStringBuilderExtensions
{
    /// <summary>A connection string that the configuration has, as <c>ConnectionStrings:name</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(this IDistributedApplicationBuilder builder, [ResourceName] string name, string? environmentVariableName = null) =>
        builder.AddResource(new ConnectionStringParameterResource(name, _ => Read(builder, name), environmentVariableName));

    /// <summary>A connection string made of other values.</summary>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(this IDistributedApplicationBuilder builder, [ResourceName] string name, ReferenceExpression connectionStringExpression) =>
        builder.AddResource(new ConnectionStringResource(name, connectionStringExpression));

    /// <summary>A connection string made of other values.</summary>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(this IDistributedApplicationBuilder builder, [ResourceName] string name, Action<ReferenceExpressionBuilder> connectionStringBuilder)
    {
        var expression = new ReferenceExpressionBuilder();
        connectionStringBuilder(expression);
        return builder.AddConnectionString(name, expression.Build());
    }

    private static string Read(IDistributedApplicationBuilder builder, string name) => builder.Configuration.GetConnectionString(name)
        ?? throw new MissingParameterValueException($"Connection string '{name}' is missing. Set 'ConnectionStrings:{name}', in the environment 'ConnectionStrings__{name}'.");
}
