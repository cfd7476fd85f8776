using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Engine;

namespace Testcontainers.RabbitMq;

/// <summary>What a RabbitMQ is made of.</summary>
public sealed record RabbitMqConfiguration : ContainerConfiguration
{
    /// <summary>The administrator.</summary>
    public string Username { get; internal init; } = RabbitMqBuilder.DefaultUsername;

    /// <summary>The administrator's password.</summary>
    public string Password { get; internal init; } = RabbitMqBuilder.DefaultPassword;

    internal override IContainerProgram? Program => new RabbitMqProgram(this);
}
