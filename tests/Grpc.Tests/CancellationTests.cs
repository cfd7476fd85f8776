using Exporter.Echo.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Exporter.Grpc;

public sealed class CancellationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cancelled_token_cancels_the_service()
    {
        await using var server = await EchoServer.StartAsync();
        using var mind = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var call = server.Client.SayAsync(new() { Text = "wait" }, cancellationToken: mind.Token);
        (await server.Journal.NextAsync()).ShouldBe("waiting");

        await mind.CancelAsync();

        (await Should.ThrowAsync<RpcException>(call.ResponseAsync)).StatusCode.ShouldBe(StatusCode.Cancelled);
        (await server.Journal.NextAsync()).ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_disposed_call_cancels_the_service()
    {
        await using var server = await EchoServer.StartAsync();
        var call = server.Client.Repeat(new() { Text = "then wait", Count = 1 }, cancellationToken: Cancel);
        (await call.ResponseStream.MoveNext(Cancel)).ShouldBeTrue();
        (await server.Journal.NextAsync()).ShouldBe("waiting");

        call.Dispose();

        (await server.Journal.NextAsync()).ShouldBe("cancelled");
        (await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancel))).StatusCode.ShouldBe(StatusCode.Cancelled);
    }

    [Fact]
    public async Task A_service_that_reads_sees_that_its_caller_has_gone()
    {
        await using var server = await EchoServer.StartAsync();
        var call = server.Client.Chat(cancellationToken: Cancel);
        await call.RequestStream.WriteAsync(new() { Text = "hello" }, Cancel);
        (await call.ResponseStream.MoveNext(Cancel)).ShouldBeTrue();

        call.Dispose();

        (await server.Journal.NextAsync()).ShouldBe("broken");
    }

    [Fact]
    public async Task A_service_that_writes_sees_that_its_caller_has_gone()
    {
        await using var server = await EchoServer.StartAsync();
        var payload = ByteString.CopyFrom(new byte[100_000]);
        var call = server.Client.Repeat(new() { Count = int.MaxValue, Payload = payload }, cancellationToken: Cancel);
        (await call.ResponseStream.MoveNext(Cancel)).ShouldBeTrue();

        call.Dispose();

        (await server.Journal.NextAsync()).ShouldBe(nameof(OperationCanceledException));
    }

    [Fact]
    public async Task A_write_after_the_server_has_ended_the_call_is_refused()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Chat(cancellationToken: Cancel);
        await call.RequestStream.WriteAsync(new() { Text = "bye" }, Cancel);
        (await call.ResponseStream.MoveNext(Cancel)).ShouldBeFalse();

        await Should.ThrowAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new(), Cancel));
    }

    [Fact]
    public async Task A_caller_may_ask_for_the_usual_exception()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.Address, new() { ThrowOperationCanceledOnCancellation = true });
        using var call = new EchoService.EchoServiceClient(channel).SayAsync(new() { Text = "wait" }, cancellationToken: Cancel);
        (await server.Journal.NextAsync()).ShouldBe("waiting");

        call.Dispose();

        await Should.ThrowAsync<OperationCanceledException>(call.ResponseAsync);
    }
}
