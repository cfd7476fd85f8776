using System.Net;
using System.Net.Sockets;

namespace Exporter.TestKit.Servers;

/// <summary>A way to a server on this machine that can be cut, and that can lose the answer to what was sent.</summary>
public sealed class FaultyLink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly HashSet<(Socket Client, Socket Server)> open = [];
    private readonly Lock gate = new();
    private readonly int serverPort;
    private readonly Task accepting;
    private volatile bool isCut;
    private volatile bool staysCut;
    private volatile byte[]? loses;
    private TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FaultyLink(int serverPort)
    {
        this.serverPort = serverPort;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>
    /// The next time that something with these bytes in it is sent, the server gets and answers it, and the answer is lost
    /// with the connection.
    /// </summary>
    /// <param name="sent">A word in what is sent.</param>
    /// <param name="thenCut">Whether nothing gets through afterwards until <see cref="Mend"/>.</param>
    /// <returns>Ends when the server has answered.</returns>
    public Task LoseAnswerTo(string sent, bool thenCut = false)
    {
        lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        staysCut = thenCut;
        loses = System.Text.Encoding.UTF8.GetBytes(sent);
        return lost.Task;
    }

    /// <summary>Breaks every connection and lets none through.</summary>
    public void Cut()
    {
        isCut = true;
        lock (gate)
        {
            foreach (var (client, server) in open)
                Break(client, server);
        }
    }

    /// <summary>Lets connections through again.</summary>
    public void Mend() => isCut = false;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        Cut();
        await accepting;
        listener.Stop();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync(stop.Token);
                _ = Task.Run(() => CarryAsync(client));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            if (isCut)
                return;

            await server.ConnectAsync(IPAddress.Loopback, serverPort);
            (client.NoDelay, server.NoDelay) = (true, true);
            lock (gate)
                open.Add((client, server));
            var isLost = new bool[1];
            await Task.WhenAny(UpAsync(client, server, isLost), DownAsync(server, client, isLost));
            lock (gate)
                open.Remove((client, server));
            Break(client, server);
        }
    }

    private async Task UpAsync(Socket client, Socket server, bool[] isLost)
    {
        var buffer = new byte[64 * 1024];
        while (await ReceiveAsync(client, buffer) is > 0 and var count)
        {
            if (loses is { } word && buffer.AsSpan(0, count).IndexOf(word) >= 0)
            {
                loses = null;
                Volatile.Write(ref isLost[0], true);
            }

            await server.SendAsync(buffer.AsMemory(0, count));
        }
    }

    private async Task DownAsync(Socket server, Socket client, bool[] isLost)
    {
        var buffer = new byte[64 * 1024];
        while (await ReceiveAsync(server, buffer) is > 0 and var count)
        {
            if (Volatile.Read(ref isLost[0]))
            {
                if (staysCut)
                    Cut();
                lost.TrySetResult();
                return;
            }

            await client.SendAsync(buffer.AsMemory(0, count));
        }
    }

    private static async Task<int> ReceiveAsync(Socket socket, byte[] buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private static void Break(Socket client, Socket server)
    {
        client.Close(0);
        server.Close(0);
    }
}
