using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;

namespace Exporter.TestKit.Servers;

/// <summary>A server in a container: for who has neither named one in the environment nor installed its program.</summary>
internal static class ServerContainer
{
    /// <summary>Starts it.</summary>
    /// <exception cref="ServerMissingException">Docker is not there, or does not have the image.</exception>
    public static async Task<T> StartAsync<T>(Func<T> make, string variable, string package)
        where T : IContainer
    {
        try
        {
            var container = make();
            await container.StartAsync();
            return container;
        }
        catch (DockerUnavailableException fault)
        {
            throw new ServerMissingException(Sentence(variable, package, fault.Message), fault);
        }
    }

    private static string Sentence(string variable, string package, string why) =>
        $"Needs a server: '{variable}' names none, Debian's package '{package}' is not installed, and no container could be had ({why}). Run ./test.sh, which installs the package.";
}
