using System.Globalization;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Images;

namespace DotNet.Testcontainers.Builders;

/// <summary>Describes a container. Every method returns a builder of its own and leaves this one as it is.</summary>
public abstract class ContainerBuilder<TBuilderEntity, TContainerEntity, TConfigurationEntity>
    where TBuilderEntity : ContainerBuilder<TBuilderEntity, TContainerEntity, TConfigurationEntity>
    where TContainerEntity : IContainer
    where TConfigurationEntity : IContainerConfiguration
{
    private const string FreePort = "0";

    private protected ContainerBuilder(ContainerConfiguration configuration) => Configuration = configuration;

    private protected ContainerConfiguration Configuration { get; }

    /// <summary>Makes the container; it is not started.</summary>
    public abstract TContainerEntity Build();

    /// <summary>Sets the image.</summary>
    public TBuilderEntity WithImage(string image) => WithImage(new DockerImage(image));

    /// <summary>Sets the image.</summary>
    public TBuilderEntity WithImage(IImage image) => With(Configuration with { Image = image });

    /// <summary>Sets the name.</summary>
    public TBuilderEntity WithName(string name) => With(Configuration with { Name = name });

    /// <summary>Sets what the container calls itself.</summary>
    public TBuilderEntity WithHostname(string hostname) => With(Configuration with { Hostname = hostname });

    /// <summary>Sets the folder in which the program starts.</summary>
    public TBuilderEntity WithWorkingDirectory(string workingDirectory) => With(Configuration with { WorkingDirectory = workingDirectory });

    /// <summary>Lets the container do what its host may.</summary>
    public TBuilderEntity WithPrivileged(bool privileged) => With(Configuration with { Privileged = privileged });

    /// <summary>Replaces the image's entrypoint.</summary>
    public TBuilderEntity WithEntrypoint(params string[] entrypoint) => With(Configuration with { Entrypoint = entrypoint });

    /// <summary>Adds words to the command.</summary>
    public TBuilderEntity WithCommand(params string[] command) => With(Configuration with { Command = [.. Configuration.Command, .. command] });

    /// <summary>Sets a variable.</summary>
    public TBuilderEntity WithEnvironment(string name, string value) => With(Configuration.WithVariable(name, value));

    /// <summary>Sets variables.</summary>
    public TBuilderEntity WithEnvironment(IReadOnlyDictionary<string, string> environments) =>
        With(environments.Aggregate(Configuration, (known, variable) => known.WithVariable(variable.Key, variable.Value)));

    /// <summary>Tells others something about the container.</summary>
    public TBuilderEntity WithLabel(string name, string value) => With(Configuration with { Labels = ContainerConfiguration.With(Configuration.Labels, name, value) });

    /// <summary>Says that the container listens on a port.</summary>
    public TBuilderEntity WithExposedPort(int port) => WithExposedPort(Text(port));

    /// <summary>Says that the container listens on a port, such as <c>5432</c> or <c>5432/tcp</c>.</summary>
    public TBuilderEntity WithExposedPort(string port) => With(Configuration with { ExposedPorts = ContainerConfiguration.With(Configuration.ExposedPorts, port, port) });

    /// <summary>Opens the same port on this machine, or a free one.</summary>
    public TBuilderEntity WithPortBinding(int port, bool assignRandomHostPort = false) => WithPortBinding(Text(port), assignRandomHostPort);

    /// <summary>Opens a port on this machine.</summary>
    public TBuilderEntity WithPortBinding(int hostPort, int containerPort) => WithPortBinding(Text(hostPort), Text(containerPort));

    /// <summary>Opens the same port on this machine, or a free one.</summary>
    public TBuilderEntity WithPortBinding(string port, bool assignRandomHostPort = false) => WithPortBinding(assignRandomHostPort ? FreePort : port, port);

    /// <summary>Opens a port on this machine.</summary>
    public TBuilderEntity WithPortBinding(string hostPort, string containerPort) =>
        With(Configuration with { PortBindings = ContainerConfiguration.With(Configuration.PortBindings, containerPort, hostPort) });

    /// <summary>Shows the container a folder or file of this machine.</summary>
    public TBuilderEntity WithBindMount(string source, string destination) => WithBindMount(source, destination, AccessMode.ReadWrite);

    /// <summary>Shows the container a folder or file of this machine.</summary>
    public TBuilderEntity WithBindMount(string source, string destination, AccessMode accessMode) => WithMount("bind", source, destination, accessMode);

    /// <summary>Gives the container a volume.</summary>
    public TBuilderEntity WithVolumeMount(string source, string destination) => WithVolumeMount(source, destination, AccessMode.ReadWrite);

    /// <summary>Gives the container a volume.</summary>
    public TBuilderEntity WithVolumeMount(string source, string destination, AccessMode accessMode) => WithMount("volume", source, destination, accessMode);

    /// <summary>Gives the container a folder in memory.</summary>
    public TBuilderEntity WithTmpfsMount(string destination) => With(Configuration with { Mounts = [.. Configuration.Mounts, $"type=tmpfs,destination={destination}"] });

    /// <summary>Tells the container the address of a name.</summary>
    public TBuilderEntity WithExtraHost(string hostname, string ipAddress) => With(Configuration with { ExtraHosts = [.. Configuration.ExtraHosts, $"{hostname}:{ipAddress}"] });

    /// <summary>Starts another container first.</summary>
    public TBuilderEntity DependsOn(IContainer container) => With(Configuration with { Containers = [.. Configuration.Containers, container] });

    /// <summary>Says what is waited for after the start, in place of what was said before.</summary>
    public TBuilderEntity WithWaitStrategy(IWaitForContainerOS waitStrategy)
    {
        ArgumentNullException.ThrowIfNull(waitStrategy);
        return With(Configuration with { WaitStrategies = [.. waitStrategy.Build()] });
    }

    /// <summary>Says what is done after the start and before anything is waited for.</summary>
    public TBuilderEntity WithStartupCallback(Func<TContainerEntity, CancellationToken, Task> startupCallback) =>
        With(Configuration with { StartupCallback = (container, cancel) => startupCallback((TContainerEntity)container, cancel) });

    /// <summary>Removes the container with this process, as it does anyway.</summary>
    /// <exception cref="NotSupportedException">It should stay.</exception>
    public TBuilderEntity WithCleanUp(bool cleanUp) => cleanUp ? With(Configuration) : throw NotHere("a container can't outlive the process that made it");

    /// <summary>Makes a container of its own, as it does anyway.</summary>
    /// <exception cref="NotSupportedException">One should be taken again.</exception>
    public TBuilderEntity WithReuse(bool reuse) => reuse ? throw NotHere("a container can't be taken again") : With(Configuration);

    private protected abstract TBuilderEntity With(ContainerConfiguration configuration);

    private protected virtual void Validate()
    {
        if (Configuration.Image is null)
            throw new ArgumentException("The container has no image. Give the builder one.");
    }

    private protected void NotEmpty(string? value, string name)
    {
        if (string.IsNullOrEmpty(value))
            throw new ArgumentException($"'{name}' of the container of image '{Configuration.Image?.FullName}' must not be empty.");
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static NotSupportedException NotHere(string what) => new($"Testcontainers (stand-in): {what}.");

    private TBuilderEntity WithMount(string kind, string source, string destination, AccessMode mode) => With(Configuration with
    {
        Mounts = [.. Configuration.Mounts, $"type={kind},source={source},destination={destination}{(mode.Equals(AccessMode.ReadOnly) ? ",readonly" : "")}"],
    });
}
