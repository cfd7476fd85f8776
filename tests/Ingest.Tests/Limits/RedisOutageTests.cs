using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Exporter.Delivery.Keys;
using Exporter.TestKit.Servers;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Exporter.Ingest.Limits;

public sealed class RedisOutageTests : IAsyncLifetime
{
    private const int Away = 1211;
    private const int Back = 1212;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private RedisServer redis = null!;

    public async ValueTask InitializeAsync() => redis = await RedisServer.StartOwnAsync("a-password");

    public ValueTask DisposeAsync() => redis.DisposeAsync();

    [Fact]
    public async Task Open_requests_are_served_without_Redis_and_their_counts_are_added_when_it_is_back()
    {
        await using var one = await StartAsync(limit: 10);
        await using var two = await StartAsync(limit: 10);
        for (var i = 0; i < 4; i++)
            (await PostAsync(one)).ShouldBe(HttpStatusCode.OK);

        await redis.StopAsync();
        for (var i = 0; i < 3; i++)
            (await PostAsync(one)).ShouldBe(HttpStatusCode.OK);
        (await HealthOf(one)).Description.ShouldNotBeNull().ShouldStartWith("Redis can't be used");
        await redis.StartProcessAsync();
        await Eventually.BecomesTrueAsync(() => one.Logs.Count(Back) == 1);
        await Eventually.BecomesTrueAsync(() => CountInRedis() == 7);

        for (var i = 0; i < 3; i++)
            (await PostAsync(two)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(two)).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(one)).ShouldBe(HttpStatusCode.Forbidden);
        one.Logs.Count(Away).ShouldBe(1);
        one.Logs.Count(Back).ShouldBe(1);
        one.Logs.All.ShouldAllBe(line => !line.Text.Contains("a-password", StringComparison.Ordinal));
        (await HealthOf(one)).Description.ShouldBeNull();
    }

    [Fact]
    public async Task Open_an_instance_still_holds_the_limits_by_what_it_knows()
    {
        await using var host = await StartAsync(limit: 3);
        (await PostAsync(host)).ShouldBe(HttpStatusCode.OK);
        await redis.StopAsync();

        (await PostAsync(host)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(host)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(host)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Closed_only_what_has_a_limit_is_refused_and_told_when_to_come_back()
    {
        await using var host = await StartAsync(limit: 10, host => host.Settings["Ingest:Limits:RefuseWithoutSharedCounts"] = "true");
        (await PostAsync(host)).ShouldBe(HttpStatusCode.OK);
        await redis.StopAsync();

        for (var i = 0; i < 3; i++)
        {
            using var refused = await host.PostAsync("{\"items\":[]}", "/v2/geosubmit?key=limited");
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        }

        (await PostAsync(host, "?key=unlimited")).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(host, "")).ShouldBe(HttpStatusCode.OK);
        await redis.StartProcessAsync();
        await Eventually.BecomesTrueAsync(() => host.Logs.Count(Back) == 1);
        (await PostAsync(host)).ShouldBe(HttpStatusCode.OK);
        host.Logs.Count(Away).ShouldBe(1);
    }

    [Fact]
    public async Task Requests_do_not_wait_for_a_Redis_that_hangs_and_none_is_counted_twice()
    {
        await using var host = await StartAsync(limit: 100);
        (await PostAsync(host)).ShouldBe(HttpStatusCode.OK);
        redis.Freeze();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync(host))).WaitAsync(Patience, TestContext.Current.CancellationToken);
        answers.ShouldAllBe(answer => answer == HttpStatusCode.OK);
        for (var i = 0; i < 20; i++)
            (await PostAsync(host).WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.OK);

        redis.Thaw();
        await Eventually.BecomesTrueAsync(() => host.Logs.Count(Back) == 1);
        await Eventually.BecomesTrueAsync(() => CountInRedis() == 41);
        (await PostAsync(host)).ShouldBe(HttpStatusCode.OK);
        CountInRedis().ShouldBe(42);
        host.Logs.Count(Away).ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wrong_password_or_no_server_does_not_stop_the_start(bool hasServer)
    {
        if (!hasServer)
            await redis.StopAsync();

        await using var host = await StartAsync(limit: 2, host =>
            host.Settings["ConnectionStrings:redis"] = redis.ConnectionString.Replace("a-password", "another", StringComparison.Ordinal));

        (await PostAsync(host)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(host)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(host)).ShouldBe(HttpStatusCode.Forbidden);
        host.Logs.Count(Away).ShouldBe(1);
        host.Logs.All.ShouldAllBe(line => !line.Text.Contains("another", StringComparison.Ordinal));
        (await HealthOf(host)).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_Redis_that_takes_no_writes_counts_as_away_until_it_takes_them()
    {
        await using var host = await StartAsync(limit: 10);
        await RunAsync("REPLICAOF", "127.0.0.1", "1");

        (await PostAsync(host)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(host)).ShouldBe(HttpStatusCode.OK);
        host.Logs.Count(Away).ShouldBe(1);
        await RunAsync("REPLICAOF", "NO", "ONE");
        await Eventually.BecomesTrueAsync(() => host.Logs.Count(Back) == 1);

        await Eventually.BecomesTrueAsync(() => CountInRedis() == 2);
        host.Logs.Count(Away).ShouldBe(1);
    }

    [Fact]
    public async Task Metrics_tell_how_limits_are_counted_and_what_was_decided_without_knowing()
    {
        await using var host = await StartAsync(limit: 10);
        var sums = new ConcurrentDictionary<string, long>();
        using var listener = Listen(host, sums);
        listener.RecordObservableInstruments();
        (sums["exporter.limit.status shared"], sums["exporter.limit.status alone"]).ShouldBe((1, 0));
        sums.Clear();

        await redis.StopAsync();
        await PostAsync(host);
        await PostAsync(host);
        await PostAsync(host, "?key=unlimited");
        listener.RecordObservableInstruments();

        (sums["exporter.limit.status shared"], sums["exporter.limit.status alone"]).ShouldBe((0, 1));
        sums["exporter.limit.undecided served"].ShouldBe(2);
    }

    private static MeterListener Listen(IngestHost host, ConcurrentDictionary<string, long> sums)
    {
        var meters = host.Services.GetService(typeof(IMeterFactory));
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name.StartsWith("exporter.limit.", StringComparison.Ordinal) && instrument.Meter.Scope == meters)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            sums.AddOrUpdate($"{instrument.Name} {tags[0].Value}", value, (_, sum) => sum + value));
        listener.Start();
        return listener;
    }

    private Task<IngestHost> StartAsync(int limit, Action<IngestHost>? change = null) => IngestHost.StartAsync(host =>
    {
        host.Clock.MoveTo(new(2026, 11, 21, 12, 0, 10, TimeSpan.Zero));
        host.Logs.Least = LogLevel.Information;
        host.Keys.Put("limited", limit);
        host.Keys.Put("unlimited");
        redis.Share(host);
        change?.Invoke(host);
    });

    private static async Task<HttpStatusCode> PostAsync(IngestHost host, string query = "?key=limited")
    {
        using var response = await host.PostAsync("{\"items\":[]}", $"/v2/geosubmit{query}");
        return response.StatusCode;
    }

    private static async Task<HealthReportEntry> HealthOf(IngestHost host) =>
        (await ((HealthCheckService)host.Services.GetService(typeof(HealthCheckService))!).CheckHealthAsync()).Entries["limits"];

    private long CountInRedis()
    {
        using var client = ConnectionMultiplexer.Connect($"{redis.ConnectionString},syncTimeout=30000");
        var names = client.GetServer(client.GetEndPoints()[0]).Keys(pattern: "exporter:limit:*:v2.geosubmit:*").ToArray();
        return names.Sum(name => (long)client.GetDatabase().StringGet(name));
    }

    private async Task RunAsync(string command, params object[] arguments)
    {
        using var client = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString + ",allowAdmin=true,syncTimeout=30000");
        await client.GetDatabase().ExecuteAsync(command, arguments);
    }
}
