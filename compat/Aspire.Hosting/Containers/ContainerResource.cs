namespace Aspire.Hosting.ApplicationModel;

/// <summary>A container.</summary>
/// <param name="name">Its name.</param>
/// <param name="entrypoint">What it runs; what its image says when null.</param>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    /// <summary>What it runs; what its image says when null.</summary>
    public string? Entrypoint { get; set; } = entrypoint;
}
