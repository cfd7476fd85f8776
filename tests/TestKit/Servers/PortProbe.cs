using System.Net;
using System.Net.Sockets;

namespace Exporter.TestKit.Servers;

/// <summary>Who listens at a port of this machine.</summary>
internal static class PortProbe
{
    private const byte MethodFrame = 1;
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

    /// <summary>Whether it speaks AMQP 0-9-1.</summary>
    public static async Task<bool> SpeaksAmqpAsync(int port, CancellationToken cancel)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
            await socket.SendAsync(Hello, cancel);
            var answer = new byte[1];
            return await socket.ReceiveAsync(answer, cancel) == 1 && answer[0] == MethodFrame;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
