using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Engine;
using DotNet.Testcontainers.Images;

namespace DotNet.Testcontainers.Configurations;

/// <inheritdoc cref="IContainerConfiguration" />
public record ContainerConfiguration : IContainerConfiguration
{
    /// <inheritdoc />
    public IImage? Image { get; internal init; }

    /// <inheritdoc />
    public string? Name { get; internal init; }

    /// <inheritdoc />
    public string? Hostname { get; internal init; }

    /// <inheritdoc />
    public string? WorkingDirectory { get; internal init; }

    /// <inheritdoc />
    public bool? Privileged { get; internal init; }

    /// <inheritdoc />
    public IEnumerable<string> Entrypoint { get; internal init; } = [];

    /// <inheritdoc />
    public IEnumerable<string> Command { get; internal init; } = [];

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> Environments { get; internal init; } = new Dictionary<string, string>();

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> Labels { get; internal init; } = new Dictionary<string, string>();

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> ExposedPorts { get; internal init; } = new Dictionary<string, string>();

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> PortBindings { get; internal init; } = new Dictionary<string, string>();

    /// <inheritdoc />
    public IEnumerable<string> ExtraHosts { get; internal init; } = [];

    /// <inheritdoc />
    public IEnumerable<IContainer> Containers { get; internal init; } = [];

    /// <inheritdoc />
    public IEnumerable<WaitStrategy> WaitStrategies { get; internal init; } = [];

    /// <summary>Mounts, as Docker's client takes them.</summary>
    internal IEnumerable<string> Mounts { get; init; } = [];

    internal Func<IContainer, CancellationToken, Task> StartupCallback { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>The program of this machine that does the container's work where the image is not at hand.</summary>
    internal virtual IContainerProgram? Program => null;

    internal ContainerConfiguration WithVariable(string name, string value) => this with { Environments = With(Environments, name, value) };

    internal static Dictionary<string, string> With(IReadOnlyDictionary<string, string> known, string name, string value) => new(known) { [name] = value };
}
