using Exporter.Echo.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Exporter.Grpc;

public sealed class MessageSizeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_beyond_the_servers_limit_is_refused()
    {
        await using var server = await EchoServer.StartAsync(options => options.MaxReceiveMessageSize = 1_000);
        var failure = await FailureOf(server.Client, new() { Payload = ByteString.CopyFrom(new byte[1_001]) });
        failure.Status.ShouldBe(new Status(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size."));
    }

    [Fact]
    public async Task The_limit_is_4_MiB_unless_set()
    {
        await using var server = await EchoServer.StartAsync();
        var upwards = await FailureOf(server.Client, new() { Payload = ByteString.CopyFrom(new byte[4 << 20]) });
        var downwards = await FailureOf(server.Client, new() { Text = "large", Count = 4 << 20 });
        upwards.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        downwards.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task Without_a_limit_larger_messages_pass()
    {
        await using var server = await EchoServer.StartAsync(options => options.MaxReceiveMessageSize = null);
        using var channel = GrpcChannel.ForAddress(server.Address, new() { MaxReceiveMessageSize = null });
        var payload = ByteString.CopyFrom(new byte[20 << 20]);

        var response = await new EchoService.EchoServiceClient(channel).SayAsync(new() { Payload = payload }, cancellationToken: Cancel);

        response.Payload.Length.ShouldBe(payload.Length);
    }

    [Fact]
    public async Task A_response_beyond_the_servers_send_limit_is_not_sent()
    {
        await using var server = await EchoServer.StartAsync(options => options.MaxSendMessageSize = 1_000);
        var failure = await FailureOf(server.Client, new() { Text = "large", Count = 2_000 });
        failure.Status.ShouldBe(new Status(StatusCode.ResourceExhausted, "Sending message exceeds the maximum configured message size."));
    }

    [Fact]
    public async Task A_request_beyond_the_clients_send_limit_is_not_sent()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.Address, new() { MaxSendMessageSize = 1_000 });
        var failure = await FailureOf(new(channel), new() { Payload = ByteString.CopyFrom(new byte[1_001]) });
        failure.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task A_stream_is_not_held_to_the_limit_of_a_request_body()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Collect(cancellationToken: Cancel);
        var megabyte = new SayRequest { Payload = ByteString.CopyFrom(new byte[1 << 20]) };

        for (var i = 0; i < 40; i++)
            await call.RequestStream.WriteAsync(megabyte, Cancel);
        await call.RequestStream.CompleteAsync();

        (await call).Text.ShouldBe($"{40 << 20}");
    }

    private static async Task<RpcException> FailureOf(EchoService.EchoServiceClient client, SayRequest request)
    {
        using var call = client.SayAsync(request, cancellationToken: Cancel);
        return await Should.ThrowAsync<RpcException>(call.ResponseAsync);
    }
}
