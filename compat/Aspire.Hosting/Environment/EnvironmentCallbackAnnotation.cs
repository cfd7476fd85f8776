namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds to the environment of a resource when it starts.</summary>
/// <param name="callback">Adds.</param>
public class EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback) : IResourceAnnotation
{
    /// <summary>Adds.</summary>
    public Func<EnvironmentCallbackContext, Task> Callback { get; } = callback;
}
