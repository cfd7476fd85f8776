using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Images;

namespace Testcontainers.Redis;

/// <summary>Makes Redis servers for tests.</summary>
public sealed class RedisBuilder : ContainerBuilder<RedisBuilder, RedisContainer, RedisConfiguration>
{
    /// <summary>The image when none is named.</summary>
    [Obsolete("This constant is obsolete in the original and will be removed there. Use the constructor with the image parameter instead.")]
    public const string RedisImage = "redis:7.0";

    /// <summary>The port in the container.</summary>
    public const ushort RedisPort = 6379;

    /// <summary>Begins with an old image.</summary>
    [Obsolete("This parameterless constructor is obsolete in the original and will be removed there. Use the constructor with the image parameter instead.")]
    public RedisBuilder()
        : this(RedisImage)
    {
    }

    /// <summary>Begins with an image.</summary>
    public RedisBuilder(string image)
        : this(new DockerImage(image))
    {
    }

    /// <summary>Begins with an image.</summary>
    public RedisBuilder(IImage image)
        : this(Initial(image))
    {
    }

    private RedisBuilder(RedisConfiguration configuration)
        : base(configuration)
    {
    }

    private RedisConfiguration Own => (RedisConfiguration)Configuration;

    /// <inheritdoc />
    public override RedisContainer Build()
    {
        Validate();
        var ready = Wait.ForUnixContainer().UntilCommandIsCompleted("redis-cli", "ping");
        return new(Configuration.WaitStrategies.Any() ? Own : (RedisConfiguration)(Configuration with { WaitStrategies = [.. ready.Build()] }));
    }

    private protected override RedisBuilder With(ContainerConfiguration configuration) => new((RedisConfiguration)configuration);

    private static RedisConfiguration Initial(IImage image) =>
        new RedisBuilder(new RedisConfiguration { Image = image }).WithPortBinding(RedisPort, assignRandomHostPort: true).Own;
}
