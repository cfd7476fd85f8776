using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Images;

namespace DotNet.Testcontainers.Builders;

/// <summary>Makes containers of any image. An image that is not at hand can't be started: only the modules know programs that do the same.</summary>
public class ContainerBuilder : ContainerBuilder<ContainerBuilder, IContainer, IContainerConfiguration>
{
    /// <summary>Begins without an image.</summary>
    [Obsolete("This parameterless constructor is obsolete in the original and will be removed there. Use the constructor with the image parameter instead.")]
    public ContainerBuilder()
        : this(new ContainerConfiguration())
    {
    }

    /// <summary>Begins with an image.</summary>
    public ContainerBuilder(string image)
        : this(new DockerImage(image))
    {
    }

    /// <summary>Begins with an image.</summary>
    public ContainerBuilder(IImage image)
        : this(new ContainerConfiguration { Image = image })
    {
    }

    private ContainerBuilder(ContainerConfiguration configuration)
        : base(configuration)
    {
    }

    /// <inheritdoc />
    public override IContainer Build()
    {
        Validate();
        return new DockerContainer(Configuration);
    }

    private protected override ContainerBuilder With(ContainerConfiguration configuration) => new(configuration);
}
