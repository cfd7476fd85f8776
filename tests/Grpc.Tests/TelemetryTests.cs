using System.Collections.Concurrent;
using System.Diagnostics;
using Grpc.Core;

namespace Exporter.Grpc;

/// <summary>Alone, since meters, sources and counters are the whole process's.</summary>
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
[Collection(nameof(TelemetryTests))]
public sealed class TelemetryTests
{
    private const string Service = "exporter.echo.v1.EchoService";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_sides_measure_how_long_calls_took_in_milliseconds_under_bounded_names()
    {
        await using var server = await EchoServer.StartAsync();
        using var durations = new Durations();

        await server.Client.SayAsync(new() { Text = "hello" }, cancellationToken: Cancel);
        await FailAsync(server, "fail");
        await LateAsync(server);
        await UnknownAsync(server, Service, "made-up-1");
        await UnknownAsync(server, "exporter.made-up.v1.Service", "made-up-2");

        await Eventually.AsyncOf(() =>
        {
            durations.Of("rpc.server.duration").ShouldBe(
            [
                $"grpc {Service} Say 0",
                $"grpc {Service} Say 9",
                $"grpc {Service} Say 4",
                $"grpc {Service} _OTHER 12",
                "grpc _OTHER _OTHER 12",
            ], ignoreOrder: true);
            return Task.CompletedTask;
        });
        durations.Of("rpc.client.duration").ShouldBe(
        [
            $"grpc {Service} Say 0",
            $"grpc {Service} Say 9",
            $"grpc {Service} Say 4",
            $"grpc {Service} made-up-1 12",
            "grpc exporter.made-up.v1.Service made-up-2 12",
        ]);
        durations.Units.ShouldBe(["Grpc.AspNetCore.Server ms", "Grpc.Net.Client ms"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("hello", "0")]
    [InlineData("fail", "9")]
    [InlineData("throw", "2")]
    public async Task Both_sides_activities_tell_method_and_status_and_belong_together(string text, string status)
    {
        await using var server = await EchoServer.StartAsync();
        var ended = new ConcurrentQueue<Activity>();
        using var listener = Listen(ended);
        using var mine = new Activity("mine").Start();

        if (text == "hello")
            await server.Client.SayAsync(new() { Text = text }, cancellationToken: Cancel);
        else
            await FailAsync(server, text);

        Activity.Current.ShouldBe(mine);
        await Eventually.AsyncOf(() =>
        {
            ended.Count.ShouldBe(3);
            return Task.CompletedTask;
        });
        var client = ended.Single(activity => activity.OperationName == "Grpc.Net.Client.GrpcOut");
        var sent = ended.Single(activity => activity.OperationName == "System.Net.Http.HttpRequestOut");
        var request = ended.Single(activity => activity.OperationName == "Microsoft.AspNetCore.Hosting.HttpRequestIn");
        client.Kind.ShouldBe(ActivityKind.Client);
        client.ParentSpanId.ShouldBe(mine.SpanId);
        sent.ParentSpanId.ShouldBe(client.SpanId);
        request.ParentSpanId.ShouldBe(sent.SpanId);
        foreach (var activity in new[] { client, request })
        {
            activity.GetTagItem("grpc.method").ShouldBe($"/{Service}/Say");
            activity.GetTagItem("grpc.status_code").ShouldBe(status);
        }
    }

    [Fact]
    public async Task A_deadline_that_passes_is_the_activity_s_status_whatever_the_service_says_then()
    {
        await using var server = await EchoServer.StartAsync();
        var ended = new ConcurrentQueue<Activity>();
        using var listener = Listen(ended);

        await LateAsync(server);

        await Eventually.AsyncOf(() =>
        {
            ended.Where(activity => activity.GetTagItem("grpc.status_code") is "4").Select(activity => activity.OperationName)
                .ShouldBe(["Grpc.Net.Client.GrpcOut", "Microsoft.AspNetCore.Hosting.HttpRequestIn"], ignoreOrder: true);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_call_that_is_given_up_leaves_its_caller_the_activity_it_has()
    {
        await using var server = await EchoServer.StartAsync();
        var ended = new ConcurrentQueue<Activity>();
        using var listener = Listen(ended);
        var call = server.Client.Chat(cancellationToken: Cancel);
        using var mine = new Activity("mine").Start();

        call.Dispose();

        Activity.Current.ShouldBe(mine);
        ended.First(activity => activity.OperationName == "Grpc.Net.Client.GrpcOut").GetTagItem("grpc.status_code").ShouldBe("1");
    }

    [Fact]
    public async Task Event_counters_count_calls_and_messages_while_someone_listens()
    {
        await using var server = await EchoServer.StartAsync();
        using var counters = new Counters();
        await counters.BeginAsync();

        await server.Client.SayAsync(new() { Text = "hello" }, cancellationToken: Cancel);
        await LateAsync(server);
        await UnknownAsync(server, Service, "made-up");
        using var chat = server.Client.Chat(cancellationToken: Cancel);
        for (var i = 0; i < 3; i++)
        {
            await chat.RequestStream.WriteAsync(new() { Text = "hello" }, Cancel);
            (await chat.ResponseStream.MoveNext(Cancel)).ShouldBeTrue();
        }

        await counters.ShouldBecomeAsync("Grpc.AspNetCore.Server", total: 3, current: 1, failed: 1, late: 1, unknown: 1, sent: 4, received: 5);
        await counters.ShouldBecomeAsync("Grpc.Net.Client", total: 4, current: 1, failed: 2, late: 1, unknown: 0, sent: 5, received: 4);
        await chat.RequestStream.CompleteAsync();
        (await chat.ResponseStream.MoveNext(Cancel)).ShouldBeFalse();
        await counters.ShouldBecomeAsync("Grpc.AspNetCore.Server", total: 3, current: 0, failed: 1, late: 1, unknown: 1, sent: 4, received: 5);
        await counters.ShouldBecomeAsync("Grpc.Net.Client", total: 4, current: 0, failed: 2, late: 1, unknown: 0, sent: 5, received: 4);
    }

    private static ActivityListener Listen(ConcurrentQueue<Activity> ended)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Grpc.Net.Client" or "System.Net.Http" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static async Task FailAsync(EchoServer server, string text, DateTime? deadline = null)
    {
        using var call = server.Client.SayAsync(new() { Text = text }, deadline: deadline, cancellationToken: Cancel);
        await Should.ThrowAsync<RpcException>(call.ResponseAsync);
    }

    /// <summary>A deadline that only the server keeps, and one that only the client keeps: together nobody knows who is first.</summary>
    private static async Task LateAsync(EchoServer server)
    {
        using var raw = new RawCall(server.Address);
        (await RawCall.StatusOf(await raw.SendAsync(RawCall.Say("wait"), ("grpc-timeout", "50m")))).Status.ShouldBe("4");
        await FailAsync(server, "wait", DateTime.MinValue.ToUniversalTime());
    }

    private static async Task UnknownAsync(EchoServer server, string service, string name)
    {
        var method = new Method<string, string>(MethodType.Unary, service, name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        using var call = server.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, "anyone?");
        (await Should.ThrowAsync<RpcException>(call.ResponseAsync)).StatusCode.ShouldBe(StatusCode.Unimplemented);
    }
}
