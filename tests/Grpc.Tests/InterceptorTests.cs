using Exporter.Echo.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Exporter.Grpc;

public sealed class InterceptorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_interceptors_see_a_call_in_order_and_may_refuse_it()
    {
        await using var server = await EchoServer.StartAsync(options =>
        {
            options.Interceptors.Add<Tagging>("outer");
            options.Interceptors.Add<Tagging>("inner");
        });

        (await server.Client.SayAsync(new() { Text = "hello" }, cancellationToken: Cancel)).Text.ShouldBe("hello inner outer");

        using var refused = server.Client.SayAsync(new() { Text = "refuse" }, cancellationToken: Cancel);
        (await Should.ThrowAsync<RpcException>(refused.ResponseAsync)).StatusCode.ShouldBe(StatusCode.PermissionDenied);
    }

    [Fact]
    public async Task Client_interceptors_see_a_call_in_order()
    {
        await using var server = await EchoServer.StartAsync();
        var invoker = server.Channel.Intercept(new Prefixing("outer "), new Prefixing("inner "));

        var response = await new EchoService.EchoServiceClient(invoker).SayAsync(new() { Text = "hello" }, cancellationToken: Cancel);

        response.Text.ShouldBe("inner outer hello");
    }

    [Fact]
    public async Task Headers_may_be_added_to_every_call()
    {
        await using var server = await EchoServer.StartAsync();
        var invoker = server.Channel.Intercept(headers =>
        {
            headers.Add("mirror-added", "yes");
            return headers;
        });

        using var call = new EchoService.EchoServiceClient(invoker).SayAsync(new() { Text = "metadata" }, cancellationToken: Cancel);

        (await call.ResponseHeadersAsync).GetValue("mirror-added").ShouldBe("yes");
    }

    internal sealed class Tagging(string tag) : Interceptor
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            if (request is SayRequest { Text: "refuse" })
                throw new RpcException(new Status(StatusCode.PermissionDenied, tag));
            var response = await continuation(request, context);
            if (response is SayResponse said)
                said.Text += $" {tag}";
            return response;
        }
    }

    private sealed class Prefixing(string prefix) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            if (request is SayRequest said)
                said.Text = prefix + said.Text;
            return continuation(request, context);
        }
    }
}
