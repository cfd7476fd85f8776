using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;

namespace Exporter.TestKit.Servers;

/// <summary>A server in a container, or why there is none: for who has neither named a server in the environment nor installed its program.</summary>
internal sealed record ServerContainer<T>(T? Container, ServerMissingException? Missing)
    where T : class, IContainer
{
    /// <summary>Makes and starts it.</summary>
    /// <param name="make">Builds it.</param>
    /// <param name="variable">What would name a server.</param>
    /// <param name="package">What has the program.</param>
    public static async Task<ServerContainer<T>> StartAsync(Func<T> make, string variable, string package)
    {
        try
        {
            var container = make();
            await container.StartAsync();
            return new(container, null);
        }
        catch (DockerUnavailableException fault)
        {
            return new(null, new(
                $"Needs a server: '{variable}' names none, Debian's package '{package}' is not installed, and no container could be had ({fault.Message}). Run ./test.sh, which installs the package.", fault));
        }
    }
}
