namespace Aspire.Hosting.ApplicationModel;

/// <summary>The application as it was described.</summary>
/// <param name="resources">Its resources.</param>
public class DistributedApplicationModel(IResourceCollection resources)
{
    /// <summary>Its resources.</summary>
    public IResourceCollection Resources { get; } = resources;
}
