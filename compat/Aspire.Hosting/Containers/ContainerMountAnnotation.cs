namespace Aspire.Hosting.ApplicationModel;

/// <summary>A folder of a container that lasts longer than it.</summary>
/// <param name="source">The folder of this machine or the volume's name; null for a volume without a name.</param>
/// <param name="target">The folder in the container.</param>
/// <param name="type">What stands behind it.</param>
/// <param name="isReadOnly">Whether the container can't write there.</param>
public sealed class ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly) : IResourceAnnotation
{
    /// <summary>The folder of this machine or the volume's name.</summary>
    public string? Source { get; } = source;

    /// <summary>The folder in the container.</summary>
    public string Target { get; } = target;

    /// <summary>What stands behind it.</summary>
    public ContainerMountType Type { get; } = type;

    /// <summary>Whether the container can't write there.</summary>
    public bool IsReadOnly { get; } = isReadOnly;
}
