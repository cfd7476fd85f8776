using Compat.Processes;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;

namespace DotNet.Testcontainers.Engine;

/// <summary>Decides who does a container's work: Docker if it has the image at hand, else a program of this machine.</summary>
internal static class ContainerRuns
{
    /// <exception cref="DockerUnavailableException">Nobody can.</exception>
    public static async Task<IContainerRun> CreateAsync(ContainerConfiguration configuration, CancellationToken cancel)
    {
        if (!OperatingSystem.IsLinux())
            throw new NotSupportedException("Testcontainers (stand-in): it runs on Linux only.");

        var image = configuration.Image!;
        if (await Docker.HasAsync(image.FullName, cancel).ConfigureAwait(false))
            return await DockerRun.CreateAsync(configuration, cancel).ConfigureAwait(false);

        var program = configuration.Program is { } known && image.Repository.Split('/')[^1] == known.Repository ? known : null;
        var missing = program is null ? "No program of this machine can do its work." : program.Missing();
        return missing is null
            ? new ProgramRun(configuration, program!)
            : throw new DockerUnavailableException($"Testcontainers (stand-in): Docker does not have image '{image.FullName}' at hand, and images are not pulled here. {missing}");
    }
}
