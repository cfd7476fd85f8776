namespace Aspire.Hosting.ApplicationModel;

/// <summary>A program.</summary>
/// <param name="name">Its name.</param>
/// <param name="command">The program: a path, or a name to look up.</param>
/// <param name="workingDirectory">Where it runs.</param>
public class ExecutableResource(string name, string command, string workingDirectory)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport
{
    /// <summary>The program.</summary>
    public string Command { get; } = command;

    /// <summary>Where it runs.</summary>
    public string WorkingDirectory { get; } = workingDirectory;
}
