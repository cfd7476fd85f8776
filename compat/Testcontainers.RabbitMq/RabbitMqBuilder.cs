using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Images;

namespace Testcontainers.RabbitMq;

/// <summary>Makes RabbitMQ brokers for tests.</summary>
public sealed class RabbitMqBuilder : ContainerBuilder<RabbitMqBuilder, RabbitMqContainer, RabbitMqConfiguration>
{
    /// <summary>The image when none is named.</summary>
    [Obsolete("This constant is obsolete in the original and will be removed there. Use the constructor with the image parameter instead.")]
    public const string RabbitMqImage = "rabbitmq:3.11";

    /// <summary>The port in the container.</summary>
    public const ushort RabbitMqPort = 5672;

    /// <summary>The administrator when none is named.</summary>
    public const string DefaultUsername = "rabbitmq";

    /// <summary>The administrator's password when none is given.</summary>
    public const string DefaultPassword = "rabbitmq";

    /// <summary>Begins with an old image.</summary>
    [Obsolete("This parameterless constructor is obsolete in the original and will be removed there. Use the constructor with the image parameter instead.")]
    public RabbitMqBuilder()
        : this(RabbitMqImage)
    {
    }

    /// <summary>Begins with an image.</summary>
    public RabbitMqBuilder(string image)
        : this(new DockerImage(image))
    {
    }

    /// <summary>Begins with an image.</summary>
    public RabbitMqBuilder(IImage image)
        : this(Initial(image))
    {
    }

    private RabbitMqBuilder(RabbitMqConfiguration configuration)
        : base(configuration)
    {
    }

    private RabbitMqConfiguration Own => (RabbitMqConfiguration)Configuration;

    /// <summary>Sets the administrator.</summary>
    public RabbitMqBuilder WithUsername(string username) => With((Own with { Username = username }).WithVariable("RABBITMQ_DEFAULT_USER", username));

    /// <summary>Sets the administrator's password.</summary>
    public RabbitMqBuilder WithPassword(string password) => With((Own with { Password = password }).WithVariable("RABBITMQ_DEFAULT_PASS", password));

    /// <inheritdoc />
    public override RabbitMqContainer Build()
    {
        Validate();
        NotEmpty(Own.Username, nameof(Own.Username));
        NotEmpty(Own.Password, nameof(Own.Password));
        var ready = Wait.ForUnixContainer().UntilMessageIsLogged("Server startup complete");
        return new(Configuration.WaitStrategies.Any() ? Own : (RabbitMqConfiguration)(Configuration with { WaitStrategies = [.. ready.Build()] }));
    }

    private protected override RabbitMqBuilder With(ContainerConfiguration configuration) => new((RabbitMqConfiguration)configuration);

    private static RabbitMqConfiguration Initial(IImage image) => new RabbitMqBuilder(new RabbitMqConfiguration { Image = image })
        .WithPortBinding(RabbitMqPort, assignRandomHostPort: true)
        .WithUsername(DefaultUsername)
        .WithPassword(DefaultPassword).Own;
}
