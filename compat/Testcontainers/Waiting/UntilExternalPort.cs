using System.Net.Sockets;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace DotNet.Testcontainers.Waiting;

internal sealed class UntilExternalPort(int port) : IWaitUntil
{
    public async Task<bool> UntilAsync(IContainer container)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(container.Hostname, container.GetMappedPublicPort(port)).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
