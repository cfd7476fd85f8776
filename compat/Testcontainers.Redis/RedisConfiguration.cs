using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Engine;

namespace Testcontainers.Redis;

/// <summary>What a Redis is made of.</summary>
public sealed record RedisConfiguration : ContainerConfiguration
{
    internal override IContainerProgram? Program => new RedisServerProgram();
}
