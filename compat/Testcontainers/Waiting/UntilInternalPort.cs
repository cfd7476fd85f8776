using System.Globalization;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace DotNet.Testcontainers.Waiting;

/// <summary>Asks the container's own table of sockets, since Docker itself listens at the port outside.</summary>
internal sealed class UntilInternalPort(int port) : IWaitUntil
{
    private readonly UntilExternalPort outside = new(port);

    public async Task<bool> UntilAsync(IContainer container)
    {
        if (((DockerContainer)container).IsProgram)
            return await outside.UntilAsync(container).ConfigureAwait(false);

        var listening = string.Create(CultureInfo.InvariantCulture, $"grep -Eq ':{port:X4} [0-9A-F]+:0000 0A ' /proc/net/tcp /proc/net/tcp6");
        return (await container.ExecAsync(["/bin/sh", "-c", listening]).ConfigureAwait(false)).ExitCode == 0;
    }
}
