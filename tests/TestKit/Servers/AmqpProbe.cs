using System.Net;
using System.Net.Sockets;

namespace Exporter.TestKit.Servers;

/// <summary>Whether somebody speaks AMQP 0-9-1 at a port of this machine.</summary>
internal static class AmqpProbe
{
    private const byte MethodFrame = 1;
    private static readonly byte[] Hello = [(byte)'A', (byte)'M', (byte)'Q', (byte)'P', 0, 0, 9, 1];

    public static async Task<bool> AnswersAsync(int port, CancellationToken cancel)
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
