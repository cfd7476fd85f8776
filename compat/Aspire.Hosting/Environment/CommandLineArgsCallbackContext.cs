namespace Aspire.Hosting.ApplicationModel;

/// <summary>The arguments of a resource as they are made up.</summary>
/// <param name="args">The arguments: text, or an <see cref="IValueProvider"/>.</param>
/// <param name="resource">The resource.</param>
/// <param name="cancellationToken">Ends with the start that this is for.</param>
public sealed class CommandLineArgsCallbackContext(IList<object> args, IResource resource, CancellationToken cancellationToken = default)
{
    /// <summary>The arguments: text, or an <see cref="IValueProvider"/>.</summary>
    public IList<object> Args { get; } = args;

    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Ends with the start that this is for.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}
