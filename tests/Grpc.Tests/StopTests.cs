using Exporter.Echo.V1;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Exporter.Grpc;

public sealed class StopTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stopping_server_says_so_first_lets_running_calls_end_and_takes_no_new_ones()
    {
        await using var server = await StartAsync(TimeSpan.FromSeconds(30));
        using var unary = server.Client.SayAsync(new() { Text = "until released" }, cancellationToken: Cancel);
        (await server.Journal.NextAsync()).ShouldBe("waiting");
        using var chat = server.Client.Chat(cancellationToken: Cancel);
        await ChatAsync(chat, "before");
        using var health = new Health.HealthClient(server.Channel).Watch(new(), cancellationToken: Cancel);
        (await NextAsync(health)).ShouldBe(ServingStatus.Serving);

        var stop = server.StopAsync();

        (await NextAsync(health)).ShouldBe(ServingStatus.NotServing);
        unary.ResponseAsync.IsCompleted.ShouldBeFalse();
        await RefusedAsync(server.Channel);
        using (var newcomer = GrpcChannel.ForAddress(server.Address))
            await RefusedAsync(newcomer);
        await ChatAsync(chat, "meanwhile");
        stop.IsCompleted.ShouldBeFalse();

        server.Journal.Release();
        (await unary).Text.ShouldBe("until released");
        await chat.RequestStream.CompleteAsync();
        (await chat.ResponseStream.MoveNext(Cancel)).ShouldBeFalse();
        chat.GetStatus().StatusCode.ShouldBe(StatusCode.OK);
        await stop;
    }

    [Fact]
    public async Task A_call_that_outlasts_the_host_s_time_is_cut()
    {
        await using var server = await StartAsync(TimeSpan.FromMilliseconds(100));
        using var unary = server.Client.SayAsync(new() { Text = "wait" }, cancellationToken: Cancel);
        (await server.Journal.NextAsync()).ShouldBe("waiting");
        using var chat = server.Client.Chat(cancellationToken: Cancel);
        await ChatAsync(chat, "before");

        await server.StopAsync();

        await Should.ThrowAsync<RpcException>(unary.ResponseAsync);
        await Should.ThrowAsync<RpcException>(() => chat.ResponseStream.MoveNext(Cancel));
        string[] said = [await server.Journal.NextAsync(), await server.Journal.NextAsync()];
        said.ShouldBe(["cancelled", "broken"], ignoreOrder: true);
    }

    private static Task<EchoServer> StartAsync(TimeSpan time) => EchoServer.StartAsync(
        add: services =>
        {
            services.Configure<HostOptions>(host => host.ShutdownTimeout = time);
            services.AddGrpcHealthChecks().AddCheck("any", () => HealthCheckResult.Healthy());
        },
        map: app => app.MapGrpcHealthChecksService());

    /// <summary>A call may still come in while the listener is being closed; then it ends as the others do.</summary>
    private static Task RefusedAsync(GrpcChannel channel) => Eventually.AsyncOf(async () =>
    {
        using var call = new EchoService.EchoServiceClient(channel).SayAsync(new() { Text = "new" }, cancellationToken: Cancel);
        (await Should.ThrowAsync<RpcException>(call.ResponseAsync)).StatusCode.ShouldBe(StatusCode.Unavailable);
    });

    private static async Task ChatAsync(AsyncDuplexStreamingCall<SayRequest, SayResponse> chat, string text)
    {
        await chat.RequestStream.WriteAsync(new() { Text = text }, Cancel);
        (await chat.ResponseStream.MoveNext(Cancel)).ShouldBeTrue();
        chat.ResponseStream.Current.Text.ShouldBe(text);
    }

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        (await watch.ResponseStream.MoveNext(Cancel)).ShouldBeTrue();
        return watch.ResponseStream.Current.Status;
    }
}
