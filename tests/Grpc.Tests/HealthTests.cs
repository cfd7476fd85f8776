using Grpc.AspNetCore.HealthChecks;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Exporter.Grpc;

public sealed class HealthTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Checks_decide_whether_a_service_serves()
    {
        var disk = HealthStatus.Healthy;
        await using var server = await StartAsync(
            checks => checks
                .AddCheck("memory", () => HealthCheckResult.Degraded())
                .AddCheck("disk", () => new(disk), ["slow"]),
            options =>
            {
                options.Services.Map("slow ones", check => check.Tags.Contains("slow"));
                options.Services.Map("fast ones", check => check.Name == "memory");
                options.Services.Map("nothing", _ => false);
#pragma warning disable CS0618 // The obsolete way still holds.
                options.Services.MapService("by result", result => result.Status != HealthStatus.Degraded);
#pragma warning restore CS0618
            });

        (await CheckAsync(server, "")).ShouldBe(ServingStatus.Serving);
        disk = HealthStatus.Unhealthy;

        (await CheckAsync(server, "")).ShouldBe(ServingStatus.NotServing);
        (await CheckAsync(server, "slow ones")).ShouldBe(ServingStatus.NotServing);
        (await CheckAsync(server, "by result")).ShouldBe(ServingStatus.NotServing);
        (await CheckAsync(server, "fast ones")).ShouldBe(ServingStatus.Serving);
        (await CheckAsync(server, "nothing")).ShouldBe(ServingStatus.Unknown);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_not_found()
    {
        await using var server = await StartAsync();
        (await Should.ThrowAsync<RpcException>(CheckAsync(server, "nobody"))).StatusCode.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task A_watcher_hears_of_each_change_until_the_last()
    {
        var status = HealthStatus.Healthy;
        await using var server = await StartAsync(checks => checks.AddCheck("any", () => new(status)));
        using var watch = Watch(server, "");
        (await NextAsync(watch)).ShouldBe(ServingStatus.Serving);

        status = HealthStatus.Unhealthy;
        (await NextAsync(watch)).ShouldBe(ServingStatus.NotServing);
        status = HealthStatus.Healthy;
        (await NextAsync(watch)).ShouldBe(ServingStatus.Serving);
    }

    [Fact]
    public async Task A_watcher_begins_with_what_the_checks_find_now()
    {
        var status = HealthStatus.Healthy;
        await using var server = await StartAsync(checks => checks.AddCheck("any", () => new(status)), never: true);
        server.Get<HealthServiceImpl>().SetStatus("", ServingStatus.Serving);

        status = HealthStatus.Unhealthy;

        using var watch = Watch(server, "");
        (await NextAsync(watch)).ShouldBe(ServingStatus.NotServing);
    }

    [Fact]
    public async Task A_watcher_of_an_unknown_service_waits_until_it_is_known()
    {
        await using var server = await StartAsync(never: true);
        var statuses = server.Get<HealthServiceImpl>();
        using var watch = Watch(server, "later");
        (await NextAsync(watch)).ShouldBe(ServingStatus.ServiceUnknown);

        statuses.SetStatus("later", ServingStatus.Serving);
        (await NextAsync(watch)).ShouldBe(ServingStatus.Serving);
        statuses.SetStatus("later", ServingStatus.Serving);
        statuses.ClearStatus("later");
        (await NextAsync(watch)).ShouldBe(ServingStatus.ServiceUnknown);
        statuses.SetStatus("later", ServingStatus.NotServing);
        (await NextAsync(watch)).ShouldBe(ServingStatus.NotServing);
        statuses.ClearAll();
        (await NextAsync(watch)).ShouldBe(ServingStatus.ServiceUnknown);
    }

    [Fact]
    public async Task With_the_cache_calls_get_what_was_published_last()
    {
        var runs = 0;
        await using var server = await StartAsync(
            checks => checks.AddCheck("any", () =>
            {
                Interlocked.Increment(ref runs);
                return HealthCheckResult.Healthy();
            }),
            options => options.UseHealthChecksCache = true,
            never: true);

        (await Should.ThrowAsync<RpcException>(CheckAsync(server, ""))).StatusCode.ShouldBe(StatusCode.NotFound);
        server.Get<HealthServiceImpl>().SetStatus("", ServingStatus.NotServing);
        (await CheckAsync(server, "")).ShouldBe(ServingStatus.NotServing);
        using var watch = Watch(server, "");
        (await NextAsync(watch)).ShouldBe(ServingStatus.NotServing);
        runs.ShouldBe(0);
    }

    [Fact]
    public async Task A_stopping_server_tells_its_watchers_and_lets_them_go()
    {
        await using var server = await StartAsync();
        using var watch = Watch(server, "");
        using var other = Watch(server, "unknown");
        (await NextAsync(watch)).ShouldBe(ServingStatus.Serving);
        (await NextAsync(other)).ShouldBe(ServingStatus.ServiceUnknown);

        var stop = server.StopAsync();

        (await NextAsync(watch)).ShouldBe(ServingStatus.NotServing);
        (await NextAsync(other)).ShouldBe(ServingStatus.NotServing);
        (await watch.ResponseStream.MoveNext(Cancel)).ShouldBeFalse();
        (await other.ResponseStream.MoveNext(Cancel)).ShouldBeFalse();
        await stop;
    }

    [Fact]
    public async Task Watchers_are_counted_and_those_beyond_the_limit_refused()
    {
        const int Limit = 1000;
        await using var server = await StartAsync(never: true);
        var watches = Enumerable.Range(0, Limit).Select(_ => Watch(server, "")).ToList();
        foreach (var watch in watches)
            (await NextAsync(watch)).ShouldBe(ServingStatus.Serving);

        using (var beyond = Watch(server, ""))
            (await Should.ThrowAsync<RpcException>(NextAsync(beyond))).StatusCode.ShouldBe(StatusCode.ResourceExhausted);

        foreach (var watch in watches)
            watch.Dispose();
        await Eventually.AsyncOf(async () =>
        {
            using var again = Watch(server, "");
            (await again.ResponseStream.MoveNext(Cancel)).ShouldBeTrue();
        });
    }

    [Fact]
    public async Task A_name_that_nobody_would_choose_is_refused()
    {
        await using var server = await StartAsync(never: true);
        using var watch = Watch(server, new string('a', 1025));
        (await Should.ThrowAsync<RpcException>(NextAsync(watch))).StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    private static Task<EchoServer> StartAsync(
        Action<IHealthChecksBuilder>? add = null, Action<GrpcHealthChecksOptions>? configure = null, bool never = false) =>
        EchoServer.StartAsync(
            add: services =>
            {
                var checks = services.AddGrpcHealthChecks(configure ?? (_ => { }));
                (add ?? (all => all.AddCheck("any", () => HealthCheckResult.Healthy())))(checks);
                services.Configure<HealthCheckPublisherOptions>(publishing =>
                {
                    publishing.Delay = never ? TimeSpan.FromDays(1) : TimeSpan.Zero;
                    publishing.Period = TimeSpan.FromSeconds(1);
                });
            },
            map: app => app.MapGrpcHealthChecksService());

    private static async Task<ServingStatus> CheckAsync(EchoServer server, string service) =>
        (await new Health.HealthClient(server.Channel).CheckAsync(new() { Service = service }, cancellationToken: Cancel)).Status;

    private static AsyncServerStreamingCall<HealthCheckResponse> Watch(EchoServer server, string service) =>
        new Health.HealthClient(server.Channel).Watch(new() { Service = service }, cancellationToken: Cancel);

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        (await watch.ResponseStream.MoveNext(Cancel)).ShouldBeTrue();
        return watch.ResponseStream.Current.Status;
    }
}
