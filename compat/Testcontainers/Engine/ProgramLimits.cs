using System.Globalization;
using DotNet.Testcontainers.Configurations;

namespace DotNet.Testcontainers.Engine;

/// <summary>What a program of this machine can't do in a container's place.</summary>
internal static class ProgramLimits
{
    /// <exception cref="NotSupportedException">It is asked for.</exception>
    public static void Check(ContainerConfiguration configuration, IContainerProgram program)
    {
        Refuse(configuration.Entrypoint.Any(), "an entrypoint");
        Refuse(configuration.Mounts.Any(), "mounts");
        Refuse(configuration.ExtraHosts.Any(), "hosts of its own");
        Refuse(configuration.Hostname is not null, "a host name");
        Refuse(configuration.WorkingDirectory is not null, "a working folder");
        Refuse(configuration.Privileged is true, "more rights than this process");
        foreach (var port in configuration.PortBindings.Keys.Where(port => !program.Endpoints.ContainsKey(PortOf(port))))
            Refuse(true, $"port {port}");
        foreach (var variable in configuration.Environments.Keys.Where(variable => !program.Knows(variable)))
            Refuse(true, $"the variable '{variable}'");

        void Refuse(bool isAsked, string what)
        {
            if (isAsked)
                throw new NotSupportedException($"Testcontainers (stand-in): the program of this machine that does the work of image '{configuration.Image!.FullName}' can't have {what}. Have the image at hand.");
        }
    }

    /// <summary>The number of <c>5432</c>, and of <c>5432/tcp</c>.</summary>
    public static ushort PortOf(string port) => ushort.Parse(port.Split('/')[0], CultureInfo.InvariantCulture);
}
