using System.Net;
using Exporter.RawHttp2;

namespace Exporter.Grpc;

/// <summary>Callers that break off in the middle: the service that finds out is not to blame, and nobody is told that it is.</summary>
public sealed class BrokenOffTests
{
    private const int Calls = 300;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Say", 1)]
    [InlineData("Say", -1)]
    [InlineData("Chat", 1)]
    [InlineData("Chat", -1)]
    public async Task A_content_length_that_lies_is_cut_and_is_no_fault_of_the_service(string method, int lie)
    {
        await using var server = await EchoServer.StartAsync();
        var body = RawCall.Say("hello");
        await using var connection = await OpenAsync(server);

        for (var i = 0; i < Calls; i++)
        {
            var id = connection.NextStreamId();
            await connection.SendAsync(Headers(id, method, new Field("content-length", $"{body.Length + lie}")), Cancel);
            await connection.SendAsync(WireFrame.Data(id, body, ends: true).Encode(), Cancel);
            await connection.RecordOf(id).Ended.WaitAsync(Cancel);
            connection.RecordOf(id).ResetCode.ShouldNotBeNull();
        }

        await StopAsync(server, connection);
        server.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caller_that_is_gone_when_its_answer_is_written_is_no_fault_of_the_service()
    {
        await using var server = await EchoServer.StartAsync();
        var body = RawCall.Say("hello");

        for (var i = 0; i < Calls; i++)
        {
            await using var connection = await OpenAsync(server);
            var id = connection.NextStreamId();
            await connection.SendAsync(
                (byte[])[.. Headers(id, "Chat"), .. WireFrame.Data(id, [.. body, .. body, .. body], ends: false).Encode()], Cancel);
            connection.Abort();
        }

        await server.StopAsync();
        server.Errors.ShouldBeEmpty();
    }

    private static Task<RawConnection> OpenAsync(EchoServer server) =>
        RawConnection.OpenAsync(new(IPAddress.Loopback, new Uri(server.Address).Port), RawConnection.LargeWindow, Cancel);

    private static byte[] Headers(int streamId, string method, params Field[] more)
    {
        Field[] fields =
        [
            new(":method", "POST"), new(":scheme", "http"), new(":path", $"/exporter.echo.v1.EchoService/{method}"), new(":authority", "localhost"),
            new("te", "trailers"), new("content-type", "application/grpc"), .. more,
        ];
        return WireFrame.Headers(streamId, HeaderWriter.Write(fields), ends: false).Encode();
    }

    /// <summary>Once the server has stopped, every service has ended.</summary>
    private static async Task StopAsync(EchoServer server, RawConnection connection)
    {
        connection.EndSending();
        await connection.Ended.WaitAsync(Cancel);
        await server.StopAsync();
    }
}
