using DotNet.Testcontainers.Containers;

namespace Testcontainers.RabbitMq;

/// <summary>A RabbitMQ.</summary>
public sealed class RabbitMqContainer(RabbitMqConfiguration configuration) : DockerContainer(configuration)
{
    private readonly RabbitMqConfiguration configuration = configuration;

    /// <summary>As <c>amqp://</c>.</summary>
    public string GetConnectionString() => new UriBuilder("amqp", Hostname, GetMappedPublicPort(RabbitMqBuilder.RabbitMqPort))
    {
        UserName = Uri.EscapeDataString(configuration.Username),
        Password = Uri.EscapeDataString(configuration.Password),
    }.ToString();
}
