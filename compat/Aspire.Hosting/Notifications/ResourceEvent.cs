namespace Aspire.Hosting.ApplicationModel;

/// <summary>A change of a resource.</summary>
/// <param name="resource">The resource.</param>
/// <param name="resourceId">Which instance of it.</param>
/// <param name="snapshot">How it is now.</param>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Which instance of it.</summary>
    public string ResourceId { get; } = resourceId;

    /// <summary>How it is now.</summary>
    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}
