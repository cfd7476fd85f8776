namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds to the arguments of a resource when it starts.</summary>
/// <param name="callback">Adds.</param>
public class CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> callback) : IResourceAnnotation
{
    /// <summary>Adds.</summary>
    public Func<CommandLineArgsCallbackContext, Task> Callback { get; } = callback;
}
