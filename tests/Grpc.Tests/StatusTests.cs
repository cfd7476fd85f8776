using Grpc.Core;

namespace Exporter.Grpc;

public sealed class StatusTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_status_arrives_with_its_text_and_all_trailers()
    {
        await using var server = await EchoServer.StartAsync();

        var failure = await FailureOf(server, "fail");

        failure.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        failure.Status.Detail.ShouldBe("ünüsual 100%\n");
        failure.Trailers.GetValueBytes("grpc-status-details-bin").ShouldBe([1, 2, 3]);
        failure.Trailers.GetValue("cause").ShouldBe("test");
        failure.Trailers.GetValue("set-before").ShouldBe("yes");
    }

    [Fact]
    public async Task The_text_of_an_exception_stays_at_the_server()
    {
        await using var server = await EchoServer.StartAsync();
        var failure = await FailureOf(server, "throw");
        failure.Status.ShouldBe(new Status(StatusCode.Unknown, "Exception was thrown by handler."));
    }

    [Fact]
    public async Task The_text_of_an_exception_is_told_where_detailed_errors_are_on()
    {
        await using var server = await EchoServer.StartAsync(options => options.EnableDetailedErrors = true);
        var failure = await FailureOf(server, "throw");
        failure.Status.ShouldBe(new Status(StatusCode.Unknown, "Exception was thrown by handler. InvalidOperationException: a secret"));
    }

    [Fact]
    public async Task A_status_set_on_the_context_beats_the_response()
    {
        await using var server = await EchoServer.StartAsync();
        (await FailureOf(server, "status")).Status.ShouldBe(new Status(StatusCode.DataLoss, "by status"));
    }

    [Fact]
    public async Task A_service_that_returns_null_is_cancelled()
    {
        await using var server = await EchoServer.StartAsync();
        (await FailureOf(server, "null")).StatusCode.ShouldBe(StatusCode.Cancelled);
    }

    [Fact]
    public async Task A_method_that_the_service_neglects_is_unimplemented()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.NeglectedAsync(new(), cancellationToken: Cancel);
        (await Should.ThrowAsync<RpcException>(call.ResponseAsync)).StatusCode.ShouldBe(StatusCode.Unimplemented);
    }

    [Theory]
    [InlineData("exporter.echo.v1.EchoService", "Method is unimplemented.")]
    [InlineData("exporter.nobody.v1.NobodyService", "Service is unimplemented.")]
    public async Task A_method_or_service_that_is_not_there_is_unimplemented(string service, string detail)
    {
        await using var server = await EchoServer.StartAsync();
        var method = new Method<string, string>(
            MethodType.Unary, service, "Nothing", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

        using var call = server.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, "anyone?");

        (await Should.ThrowAsync<RpcException>(call.ResponseAsync)).Status.ShouldBe(new Status(StatusCode.Unimplemented, detail));
    }

    [Fact]
    public async Task A_failure_after_messages_comes_after_the_messages()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Repeat(new() { Text = "then fail", Count = 3 }, cancellationToken: Cancel);

        for (var i = 0; i < 3; i++)
            (await call.ResponseStream.MoveNext(Cancel)).ShouldBeTrue();

        var failure = await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancel));
        failure.Status.ShouldBe(new Status(StatusCode.Aborted, "after messages"));
        call.GetStatus().ShouldBe(failure.Status);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        await using var server = await EchoServer.StartAsync();
        await server.StopAsync();
        (await FailureOf(server, "hello")).StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    private static async Task<RpcException> FailureOf(EchoServer server, string text)
    {
        using var call = server.Client.SayAsync(new() { Text = text }, cancellationToken: Cancel);
        var failure = await Should.ThrowAsync<RpcException>(call.ResponseAsync);
        call.GetStatus().ShouldBe(failure.Status);
        return failure;
    }
}
