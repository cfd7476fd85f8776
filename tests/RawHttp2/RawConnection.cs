using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Exporter.RawHttp2;

/// <summary>
/// A connection over which anything can be sent. It takes note of what comes back and never sends by itself, so that the bytes
/// on the wire are those of the input.
/// </summary>
public sealed class RawConnection : IAsyncDisposable
{
    public const uint LargeWindow = 1 << 24;

    /// <summary>Leaves room for streams that are begun before an input's own.</summary>
    private const int FirstStreamId = 1001;

    private static readonly byte[] Magic = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8];
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) 
    {
        NoDelay = true,
        ReceiveBufferSize = 16 * 1024,
    };

    private readonly ConcurrentDictionary<int, StreamRecord> records = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource> pings = new();
    private readonly TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Task> reading;
    private volatile TaskCompletionSource gate = new();
    private int streams;
    private long marks;

    private RawConnection()
    {
        gate.SetResult();
        reading = new(() => Task.Run(ReadAsync));
    }

    /// <summary>Whether nothing more can come; completes without an error, however the connection ended.</summary>
    public Task Ended => reading.Value;

    /// <summary>The code of the server's GOAWAY.</summary>
    public uint? GoAwayCode { get; private set; }

    /// <summary>What the server sent that is no HTTP/2.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether the server answered in HTTP/1, as it may to one who does not speak HTTP/2.</summary>
    public bool IsAnsweredInHttp1 { get; private set; }

    public int StreamCount => streams;

    /// <summary>What a client sends first.</summary>
    /// <param name="window">How much the server may send on a stream before it must wait.</param>
    public static byte[] Preface(uint window) =>
        [.. Magic, .. WireFrame.Settings((4, window)).Encode(), .. WireFrame.WindowUpdate(0, LargeWindow).Encode()];

    /// <summary>Connects, and says nothing.</summary>
    public static async Task<RawConnection> ConnectAsync(IPEndPoint server, CancellationToken cancel)
    {
        var connection = new RawConnection();
        await connection.socket.ConnectAsync(server, cancel);
        return connection;
    }

    /// <summary>Connects and exchanges settings.</summary>
    public static async Task<RawConnection> OpenAsync(IPEndPoint server, uint window, CancellationToken cancel)
    {
        var connection = await ConnectAsync(server, cancel);
        await connection.SendAsync(Preface(window), cancel);
        await Task.WhenAny(connection.settled.Task, connection.Ended).WaitAsync(cancel);
        await connection.SendAsync(WireFrame.SettingsAck().Encode(), cancel);
        return connection;
    }

    public int NextStreamId() => 2 * streams++ + FirstStreamId;

    public StreamRecord RecordOf(int streamId) => records.GetOrAdd(streamId, _ => new());

    /// <summary>Sends; false when the server takes nothing any more.</summary>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        try
        {
            while (!bytes.IsEmpty)
                bytes = bytes[await socket.SendAsync(bytes, cancel)..];
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Asks whether the server is still there; the inner task completes with its answer.</summary>
    public async Task<Task> PingAsync(CancellationToken cancel)
    {
        var mark = Interlocked.Increment(ref marks) | 1L << 48;
        var answer = pings.GetOrAdd(mark, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        await SendAsync(WireFrame.Ping(mark).Encode(), cancel);
        return answer.Task;
    }

    /// <summary>Takes nothing more from the server than what is on its way.</summary>
    public void StopReading() => gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void GoOnReading() => gate.TrySetResult();

    /// <summary>Says that nothing more will come.</summary>
    public void EndSending()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server was quicker.
        }
    }

    /// <summary>Breaks the connection off without a word.</summary>
    public void Abort()
    {
        if (!socket.SafeHandle.IsClosed)
            socket.LingerState = new(enable: true, seconds: 0);
        socket.Close();
    }

    public async ValueTask DisposeAsync()
    {
        GoOnReading();
        Abort();
        if (reading.IsValueCreated)
            await reading.Value;
    }

    private async Task ReadAsync()
    {
        var frames = new FrameIntake(this);
        var buffer = new byte[WireFrame.HeaderLength + FrameIntake.MostPayload];
        var filled = 0;
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(filled)) is > 0 and var count)
            {
                await gate.Task;
                filled += count;
                IsAnsweredInHttp1 |= buffer.AsSpan(0, filled).StartsWith("HTTP/1."u8);
                if (IsAnsweredInHttp1)
                {
                    filled = "HTTP/1.".Length;
                    continue;
                }

                var taken = frames.Take(buffer.AsSpan(0, filled));
                buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
                filled -= taken;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Broken off, by either side.
        }
        catch (FormatException e)
        {
            Fault = e.Message;
        }
    }

    internal void TakeSettings() => settled.TrySetResult();

    internal void TakePong(long mark)
    {
        if (pings.TryRemove(mark, out var ping))
            ping.TrySetResult();
    }

    internal void TakeGoAway(uint code) => GoAwayCode ??= code;
}
