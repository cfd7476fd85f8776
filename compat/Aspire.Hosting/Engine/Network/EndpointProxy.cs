using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Engine.Network;

/// <summary>One port for all instances of a resource: each connection goes to the next of them that takes it.</summary>
internal sealed class EndpointProxy : IAsyncDisposable
{
    private const int MostConnections = 4096;
    private readonly TcpListener listener;
    private readonly IReadOnlyList<int> targets;
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim room = new(MostConnections);
    private readonly Task accepting;
    private uint turn;

    /// <exception cref="SocketException">Somebody else listens there.</exception>
    public EndpointProxy(int port, IReadOnlyList<int> targets)
    {
        this.targets = targets;
        listener = new(IPAddress.Loopback, port);
        listener.Start();
        accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        listener.Stop();
        await accepting.ConfigureAwait(false);
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await room.WaitAsync(stopping.Token).ConfigureAwait(false);
                var caller = await listener.AcceptSocketAsync(stopping.Token).ConfigureAwait(false);
                _ = ServeAsync(caller);
            }
            catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The caller went away before he was served: nothing of ours is wrong.
                room.Release();
            }
        }
    }

    private async Task ServeAsync(Socket caller)
    {
        try
        {
            using var _ = caller;
            using var server = await ConnectAsync().ConfigureAwait(false);
            if (server is null)
                return;

            caller.NoDelay = server.NoDelay = true;
            await Task.WhenAll(CopyAsync(caller, server), CopyAsync(server, caller)).ConfigureAwait(false);
        }
        finally
        {
            room.Release();
        }
    }

    private async Task<Socket?> ConnectAsync()
    {
        for (var tries = 0; tries < targets.Count; tries++)
        {
            var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                var target = targets[(int)(Interlocked.Increment(ref turn) % (uint)targets.Count)];
                await server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, target), stopping.Token).ConfigureAwait(false);
                return server;
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException)
            {
                // This instance is away; the next may be there. The caller is closed when none is.
                server.Dispose();
            }
        }

        return null;
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer, stopping.Token).ConfigureAwait(false)) > 0;)
            {
                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), stopping.Token).ConfigureAwait(false);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception end) when (end is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone, so the other has nobody to talk to.
            from.Dispose();
            to.Dispose();
        }
    }
}
