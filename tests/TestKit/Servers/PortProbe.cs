using System.Net;
using System.Net.Sockets;

namespace Exporter.TestKit.Servers;

/// <summary>Who listens at a port of this machine.</summary>
internal static class PortProbe
{
    private const byte MethodFrame = 1;
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5);
    private static readonly byte[] Hello = [(byte)'A', (byte)'M', (byte)'Q', (byte)'P', 0, 0, 9, 1];

    /// <summary>Whether anybody listens at a port.</summary>
    public static async Task<bool> IsOpenAsync(int port, CancellationToken cancel)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Whether it speaks AMQP 0-9-1, within five seconds.</summary>
    public static async Task<bool> SpeaksAmqpAsync(int port, CancellationToken cancel)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(LongestAnswer);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, patience.Token);
            await socket.SendAsync(Hello, patience.Token);
            var answer = new byte[1];
            return await socket.ReceiveAsync(answer, patience.Token) == 1 && answer[0] == MethodFrame;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
