using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Exporter.Bench.Load;

/// <summary>Keep-alive connections that each send a request, wait for its answer, and send the next. Plain sockets: HttpClient would cost more than the server.</summary>
internal sealed class HttpLoad(IPEndPoint address, IReadOnlyList<HttpPost> posts, int connections)
{
    private long answered;

    public long Answered => Interlocked.Read(ref answered);

    public async Task<TimeSpan> RunAsync(TimeSpan duration, Latencies? latencies = null)
    {
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(i => Task.Run(() => SendAsync(i, begun, duration, latencies))));
        return Stopwatch.GetElapsedTime(begun);
    }

    private async Task SendAsync(int connection, long begun, TimeSpan duration, Latencies? latencies)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address);
        var answer = new byte[4096];
        for (var i = connection; Stopwatch.GetElapsedTime(begun) < duration; i += connections)
        {
            var post = posts[i % posts.Count];
            post.Stamp(i / posts.Count);
            var sent = Stopwatch.GetTimestamp();
            await socket.SendAsync(post.Bytes);
            await ReceiveAsync(socket, answer);
            latencies?.Add(Stopwatch.GetElapsedTime(sent));
            Interlocked.Increment(ref answered);
        }
    }

    private static async Task ReceiveAsync(Socket socket, byte[] answer)
    {
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length));
            length += read;
            if (!answer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8) || read == 0)
                throw new InvalidOperationException($"The server answered {System.Text.Encoding.ASCII.GetString(answer, 0, length)}");
            if (answer.AsSpan(0, length).EndsWith("\r\n\r\n{}"u8))
                return;
        }
    }
}
