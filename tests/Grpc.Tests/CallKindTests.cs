using Exporter.Echo.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Exporter.Grpc;

public sealed class CallKindTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(5_000)]
    [InlineData(70_000)]
    [InlineData(3_000_000)]
    public async Task A_unary_call_brings_back_what_it_took(int length)
    {
        await using var server = await EchoServer.StartAsync();
        var payload = Bytes(length);

        var response = await server.Client.SayAsync(new() { Payload = payload }, cancellationToken: Cancel);

        response.Payload.ShouldBe(payload);
    }

    [Fact]
    public async Task A_blocking_unary_call_answers_too()
    {
        await using var server = await EchoServer.StartAsync();
        server.Client.Say(new() { Text = "hello" }, cancellationToken: Cancel).Text.ShouldBe("hello");
    }

    [Fact]
    public async Task A_client_streams_requests_until_it_completes()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Collect(cancellationToken: Cancel);

        for (var i = 0; i < 100; i++)
            await call.RequestStream.WriteAsync(new() { Payload = Bytes(1_000 * i) }, Cancel);
        await call.RequestStream.CompleteAsync();
        var response = await call;

        response.Count.ShouldBe(100);
        response.Text.ShouldBe("4950000");
        call.GetStatus().ShouldBe(Status.DefaultSuccess);
    }

    [Fact]
    public async Task A_server_may_answer_before_the_client_completes()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Collect(cancellationToken: Cancel);

        await call.RequestStream.WriteAsync(new() { Text = "enough" }, Cancel);

        (await call).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_streams_responses()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Repeat(new() { Text = "again", Count = 500, Payload = Bytes(10_000) }, cancellationToken: Cancel);

        var counts = await call.ResponseStream.ReadAllAsync(Cancel).Select(response => response.Count).ToListAsync(Cancel);

        counts.ShouldBe(Enumerable.Range(0, 500));
        call.GetStatus().StatusCode.ShouldBe(StatusCode.OK);
    }

    [Fact]
    public async Task Both_sides_stream_at_once()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Chat(cancellationToken: Cancel);

        for (var i = 0; i < 50; i++)
        {
            await call.RequestStream.WriteAsync(new() { Count = i, Payload = Bytes(i * 2_000) }, Cancel);
            (await call.ResponseStream.MoveNext(Cancel)).ShouldBeTrue();
            call.ResponseStream.Current.Count.ShouldBe(i);
            call.ResponseStream.Current.Payload.Length.ShouldBe(i * 2_000);
        }
        await call.RequestStream.CompleteAsync();

        (await call.ResponseStream.MoveNext(Cancel)).ShouldBeFalse();
        (await server.Journal.NextAsync()).ShouldBe("half-closed");
    }

    [Fact]
    public async Task A_stream_without_messages_ends_well()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Chat(cancellationToken: Cancel);

        await call.RequestStream.CompleteAsync();

        (await call.ResponseStream.MoveNext(Cancel)).ShouldBeFalse();
        call.GetStatus().ShouldBe(Status.DefaultSuccess);
    }

    private static ByteString Bytes(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
            bytes[i] = (byte)(i * 31);
        return ByteString.CopyFrom(bytes);
    }
}
