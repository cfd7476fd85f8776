using System.Net;
using System.Net.Sockets;
using Exporter.RawHttp2;

namespace Exporter.Oracle.Fuzz;

/// <summary>A server that answers every call with the same frames, right or wrong, as a test wants.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private const int MagicLength = 24;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<int, IEnumerable<WireFrame>> answer;
    private readonly bool letsGo;
    private readonly Task accepting;

    /// <param name="answer">The frames for a call on the stream of a number; a GOAWAY among them ends the connection.</param>
    /// <param name="letsGo">Whether it ends a connection whose peer has.</param>
    public ScriptedServer(Func<int, IEnumerable<WireFrame>> answer, bool letsGo = true)
    {
        this.answer = answer;
        this.letsGo = letsGo;
        listener.Start();
        accepting = AcceptAsync();
    }

    public IPEndPoint Endpoint => (IPEndPoint)listener.LocalEndpoint;

    /// <summary>The answer of a sound server, message by message.</summary>
    public static IEnumerable<WireFrame> Answer(int streamId, int status, params byte[][] messages) =>
    [
        Head(streamId), .. messages.Select(message => WireFrame.Data(streamId, Drafts.Draft.Framed(message), ends: false)),
        Trailers(streamId, new Field("grpc-status", $"{status}")),
    ];

    public static WireFrame Head(int streamId, params Field[] more) =>
        WireFrame.Headers(streamId, HeaderWriter.Write([new(":status", "200"), new("content-type", "application/grpc"), .. more]), ends: false);

    public static WireFrame Trailers(int streamId, params Field[] fields) => WireFrame.Headers(streamId, HeaderWriter.Write(fields), ends: true);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await accepting;
        listener.Stop();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            await stream.WriteAsync(WireFrame.Settings().Encode(), stop.Token);
            await stream.ReadExactlyAsync(new byte[MagicLength], stop.Token);
            while (await ReadAsync(stream) is { } frame)
            {
                if (frame.Kind == FrameKind.Ping)
                    await stream.WriteAsync((frame with { Flags = FrameFlags.Ack }).Encode(), stop.Token);
                if (frame.Kind is not (FrameKind.Data or FrameKind.Headers) || !frame.Has(FrameFlags.EndStream))
                    continue;
                foreach (var each in answer(frame.StreamId))
                {
                    await stream.WriteAsync(each.Encode(), stop.Token);
                    if (each.Kind == FrameKind.GoAway)
                        return;
                }
            }

            if (!letsGo)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The peer or the test has ended.
        }
    }

    private async Task<WireFrame?> ReadAsync(NetworkStream stream)
    {
        var header = new byte[WireFrame.HeaderLength];
        if (await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, stop.Token) < header.Length)
            return null;
        var payload = new byte[header[0] << 16 | header[1] << 8 | header[2]];
        if (await stream.ReadAtLeastAsync(payload, payload.Length, throwOnEndOfStream: false, stop.Token) < payload.Length)
            return null;
        return new((FrameKind)header[3], (FrameFlags)header[4], header[5] << 24 | header[6] << 16 | header[7] << 8 | header[8], payload);
    }
}
