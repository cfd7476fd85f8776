namespace Aspire.Hosting.ApplicationModel;

/// <summary>What every resource is.</summary>
public abstract class Resource : IResource
{
    /// <summary>Names a resource.</summary>
    /// <param name="name">ASCII letters, digits and single hyphens, a letter first, at most 64.</param>
    /// <exception cref="ArgumentException">The name is no such name.</exception>
    protected Resource(string name)
    {
        ResourceName.Check(name);
        Name = name;
    }

    /// <inheritdoc />
    public virtual string Name { get; }

    /// <inheritdoc />
    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}
