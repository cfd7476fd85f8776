using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Aspire.Hosting.RabbitMQ;
using Compat.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>RabbitMQ.</summary>
public static class RabbitMQBuilderExtensions
{
    private const string DataFolder = "/var/lib/rabbitmq";
    private const int Port = 5672;
    private const int ManagementPort = 15672;
    private const string Tag = "4.1";

    /// <summary>Adds a RabbitMQ server.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name.</param>
    /// <param name="userName">Its user; <c>guest</c> when null.</param>
    /// <param name="password">The user's password; made once when null.</param>
    /// <param name="port">Its port; a free one when null.</param>
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(this IDistributedApplicationBuilder builder, [ResourceName] string name, IResourceBuilder<ParameterResource>? userName = null, IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var server = new RabbitMQServerResource(name, userName?.Resource, secret);
        var key = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new(key, services => services.GetRequiredKeyedService<RabbitMQHealth>(key), failureStatus: null, tags: null));
        builder.Services.AddKeyedSingleton(key, (_, _) => new RabbitMQHealth(server));
        return builder.AddResource(server)
            .WithEndpoint(port, targetPort: Port, name: RabbitMQServerResource.PrimaryEndpointName)
            .WithEndpoint(RabbitMQServerResource.PrimaryEndpointName, endpoint => endpoint.TargetHost = "127.0.0.1")
            .WithImage("library/rabbitmq", Tag).WithImageRegistry("docker.io")
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["RABBITMQ_DEFAULT_USER"] = server.UserNameReference;
                context.EnvironmentVariables["RABBITMQ_DEFAULT_PASS"] = server.PasswordParameter;
            })
            .WithAnnotation(new ServerProgramAnnotation(new RabbitMQProgram(name, cancel => server.UserNameReference.GetValueAsync(cancel), cancel => server.PasswordParameter.GetValueAsync(cancel))))
            .WithHealthCheck(key);
    }

    /// <summary>Keeps the data in a named volume: with Docker one of its own, else a folder in the application's data folder.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(this IResourceBuilder<RabbitMQServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithVolume(name ?? $"{builder.Resource.Name}-data", DataFolder, isReadOnly).WithFixedNode();

    /// <summary>Keeps the data in a folder.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithDataBindMount(this IResourceBuilder<RabbitMQServerResource> builder, string source, bool isReadOnly = false) =>
        builder.WithBindMount(source, DataFolder, isReadOnly).WithFixedNode();

    /// <summary>Turns the management page on, on a free port.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> builder) => builder.WithManagementPlugin(null);

    /// <summary>Turns the management page on.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> builder, int? port) =>
        builder.WithImageTag($"{Tag}-management").WithHttpEndpoint(port, targetPort: ManagementPort, name: RabbitMQServerResource.ManagementEndpointName);

    // The node's name is part of where a container's data lies.
    private static IResourceBuilder<RabbitMQServerResource> WithFixedNode(this IResourceBuilder<RabbitMQServerResource> builder) =>
        builder.WithEnvironment("RABBITMQ_NODENAME", $"{builder.Resource.Name}@localhost");
}
