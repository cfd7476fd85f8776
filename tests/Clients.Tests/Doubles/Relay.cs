using System.Net;
using System.Net.Sockets;

namespace Exporter.Clients.Doubles;

/// <summary>A TCP relay before a server: counts what clients send, loses answers, cuts connections.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopped = new();
    private readonly Task accepting;
    private CancellationTokenSource cut = new();
    private long bytesFromClients;
    private long bytesLost;
    private int connections;

    private Relay(Uri target)
    {
        Target = target;
        listener.Start();
        Address = new($"http://{listener.LocalEndpoint}");
        accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Where connections go; while nothing listens there they are closed.</summary>
    public Uri Target { get; set; }

    /// <summary>Bytes that a connection may send before its answers are lost.</summary>
    public long LosesAnswersAfter { get; set; } = long.MaxValue;

    public long BytesFromClients => Interlocked.Read(ref bytesFromClients);

    /// <summary>Bytes of answers that never reached a client.</summary>
    public long BytesLost => Interlocked.Read(ref bytesLost);

    public int Connections => Volatile.Read(ref connections);

    public static Relay To(Uri target) => new(target);

    /// <summary>Cuts every connection; those to come lose nothing.</summary>
    public void Cut()
    {
        LosesAnswersAfter = long.MaxValue;
        Interlocked.Exchange(ref cut, new()).Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        await stopped.CancelAsync();
        Cut();
        await accepting;
        listener.Dispose();
        stopped.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> relaying = [];
        try
        {
            while (true)
                relaying.Add(RelayAsync(await listener.AcceptTcpClientAsync(stopped.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(relaying);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        Interlocked.Increment(ref connections);
        using var cutting = CancellationTokenSource.CreateLinkedTokenSource(cut.Token);
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(Target.Host, Target.Port, cutting.Token);
                var sent = new Sent();
                await await Task.WhenAny(PumpRequestsAsync(client, server, sent, cutting.Token), PumpAnswersAsync(server, client, sent, cutting.Token));
            }
            catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
            {
                // A side is gone, or the connection was cut: closing it is what a relay does then.
            }
        }
    }

    private async Task PumpRequestsAsync(TcpClient client, TcpClient server, Sent sent, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        while (await client.GetStream().ReadAsync(buffer, cancel) is > 0 and var bytes)
        {
            Interlocked.Add(ref bytesFromClients, bytes);
            Interlocked.Add(ref sent.Bytes, bytes);
            await server.GetStream().WriteAsync(buffer.AsMemory(0, bytes), cancel);
        }
    }

    private async Task PumpAnswersAsync(TcpClient server, TcpClient client, Sent sent, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        while (await server.GetStream().ReadAsync(buffer, cancel) is > 0 and var bytes)
        {
            if (Interlocked.Read(ref sent.Bytes) <= LosesAnswersAfter)
                await client.GetStream().WriteAsync(buffer.AsMemory(0, bytes), cancel);
            else
                Interlocked.Add(ref bytesLost, bytes);
        }
    }

    private sealed class Sent
    {
        public long Bytes;
    }
}
