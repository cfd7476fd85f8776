using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Images;

namespace DotNet.Testcontainers.Configurations;

/// <summary>What a container is made of.</summary>
public interface IContainerConfiguration
{
    /// <summary>Its image.</summary>
    IImage? Image { get; }

    /// <summary>Its name; made up when null.</summary>
    string? Name { get; }

    /// <summary>What it calls itself.</summary>
    string? Hostname { get; }

    /// <summary>The folder in which its program starts.</summary>
    string? WorkingDirectory { get; }

    /// <summary>Whether it may do what its host may.</summary>
    bool? Privileged { get; }

    /// <summary>What runs in place of the image's entrypoint.</summary>
    IEnumerable<string> Entrypoint { get; }

    /// <summary>What the entrypoint is given.</summary>
    IEnumerable<string> Command { get; }

    /// <summary>Its variables.</summary>
    IReadOnlyDictionary<string, string> Environments { get; }

    /// <summary>What others are told of it.</summary>
    IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>The ports on which it listens.</summary>
    IReadOnlyDictionary<string, string> ExposedPorts { get; }

    /// <summary>The port of this machine for each of its own; <c>0</c> is a free one.</summary>
    IReadOnlyDictionary<string, string> PortBindings { get; }

    /// <summary>Names that it knows, as <c>name:address</c>.</summary>
    IEnumerable<string> ExtraHosts { get; }

    /// <summary>What must have started before it.</summary>
    IEnumerable<IContainer> Containers { get; }

    /// <summary>What is waited for after its start.</summary>
    IEnumerable<WaitStrategy> WaitStrategies { get; }
}
