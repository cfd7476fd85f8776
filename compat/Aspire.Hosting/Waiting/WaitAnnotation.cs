namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says that a resource starts only after another.</summary>
/// <param name="resource">The other.</param>
/// <param name="waitType">How far the other must be.</param>
/// <param name="exitCode">How the other must have ended, if it is to end.</param>
public class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>The other.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>How far the other must be.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>How the other must have ended, if it is to end.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What happens when the other does not start.</summary>
    public WaitBehavior? WaitBehavior { get; set; }
}
