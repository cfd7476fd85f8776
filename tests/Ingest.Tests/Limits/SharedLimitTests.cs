using System.Net;
using System.Text.RegularExpressions;
using Exporter.Delivery.Keys;
using Exporter.Ingest.Limits.Redis;
using Exporter.TestKit.Servers;
using StackExchange.Redis;

namespace Exporter.Ingest.Limits;

public sealed class SharedLimitTests : IAsyncLifetime
{
    private const string Path = "v2.geosubmit";
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private RedisServer redis = null!;

    public async ValueTask InitializeAsync() => redis = await RedisServer.StartOwnAsync();

    public ValueTask DisposeAsync() => redis.DisposeAsync();

    [Theory]
    [InlineData(30)]
    [InlineData(2000)]
    public async Task Two_instances_share_a_daily_limit_within_its_bound(int limit)
    {
        await using var one = await StartAsync(limit);
        await using var two = await StartAsync(limit);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async client =>
        {
            var taken = 0;
            for (var i = 0; i < limit / 4; i++)
                taken += await PostAsync(client % 2 == 0 ? one : two) is HttpStatusCode.OK ? 1 : 0;
            return taken;
        }));

        answers.Sum().ShouldBeInRange(limit, limit + 2 * (int)SharedTally.AheadOf(limit));
        (await PostAsync(one)).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(two)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Two_instances_share_the_minute_of_an_address_and_what_they_know_of_users()
    {
        await using var one = await StartAsync(0, host => host.Settings["Ingest:Limits:RequestsPerMinutePerAddress"] = "3");
        await using var two = await StartAsync(0, host => host.Settings["Ingest:Limits:RequestsPerMinutePerAddress"] = "3");
        two.Clock.MoveTo(one.Clock.GetUtcNow());

        (await PostAsync(one)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(two)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(one)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(two)).ShouldBe(HttpStatusCode.TooManyRequests);

        UsersOf(one).Note("limited", new(1));
        UsersOf(two).Note("limited", new(1));
        UsersOf(two).Note("limited", new(2));
        long? users = null;
        await WaitAsync(async () => (users = await UsersOf(one).CountAsync("limited", 1, Cancel)) >= 3);

        // And the loopback address of the requests.
        users.ShouldBe(3);
    }

    [Fact]
    public async Task Everything_in_Redis_has_a_time_to_live_and_names_no_key()
    {
        await using var host = await StartAsync(5, host => host.Settings["Ingest:Limits:RequestsPerMinutePerAddress"] = "3");
        await PostAsync(host);
        using var client = await ConnectionMultiplexer.ConnectAsync($"{redis.ConnectionString},syncTimeout=30000");
        var server = client.GetServer(client.GetEndPoints()[0]);
        await WaitAsync(() => Task.FromResult(server.Keys().Count() == 4));

        var lifeByName = server.Keys().ToDictionary(name => name.ToString(), name => client.GetDatabase().KeyTimeToLive(name));

        lifeByName.Values.ShouldAllBe(life => life > TimeSpan.Zero);
        lifeByName.Keys.ShouldAllBe(name => !name.Contains("limited", StringComparison.Ordinal) && !name.Contains("127.0.0.1", StringComparison.Ordinal));
        LifeOf(lifeByName, "^exporter:limit:{[0-9a-f]{16}}:v2\\.geosubmit:2026-11-21$").ShouldBeInRange(TimeSpan.FromHours(24), TimeSpan.FromHours(25));
        LifeOf(lifeByName, "^exporter:users:submit:{[0-9a-f]{16}}:2026-11-21$").ShouldBeInRange(TimeSpan.FromDays(7), TimeSpan.FromDays(8));
        LifeOf(lifeByName, "^exporter:address:{[0-9a-f]{16}}:[0-9]+$").ShouldBeInRange(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task What_Redis_forgets_is_put_back_by_an_instance_that_knows()
    {
        await using var one = await StartAsync(5);
        await using var two = await StartAsync(5);
        for (var i = 0; i < 4; i++)
            (await PostAsync(one)).ShouldBe(HttpStatusCode.OK);

        await RunAsync("FLUSHALL");
        await RunAsync("SCRIPT", "FLUSH");

        (await PostAsync(one)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(two)).ShouldBe(HttpStatusCode.Forbidden);
        one.Logs.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stop_leaves_no_count_behind()
    {
        await using (var one = await StartAsync(0))
        {
            for (var i = 0; i < 3; i++)
                await PostAsync(one);
            await one.StopAsync();
        }

        await using var two = await StartAsync(4);
        (await PostAsync(two)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(two)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Without_a_connection_string_it_does_not_start()
    {
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(1, host => host.Settings.Remove("ConnectionStrings:redis")));

        refused.Message.ShouldContain("'ConnectionStrings:redis'");
    }

    private Task<IngestHost> StartAsync(int limit, Action<IngestHost>? change = null) => IngestHost.StartAsync(host =>
    {
        host.Clock.MoveTo(new(2026, 11, 21, 12, 0, 10, TimeSpan.Zero));
        host.Keys.Put("limited", limit);
        redis.Share(host);
        change?.Invoke(host);
    });

    private static TimeSpan LifeOf(Dictionary<string, TimeSpan?> lifeByName, string pattern) =>
        lifeByName.Single(pair => Regex.IsMatch(pair.Key, pattern)).Value!.Value;

    private static IUserCounter UsersOf(IngestHost host) => (IUserCounter)host.Services.GetService(typeof(IUserCounter))!;

    private static async Task<HttpStatusCode> PostAsync(IngestHost host)
    {
        using var response = await host.PostAsync("{\"items\":[]}", "/v2/geosubmit?key=limited");
        return response.StatusCode;
    }

    private async Task RunAsync(string command, params object[] arguments)
    {
        using var client = await ConnectionMultiplexer.ConnectAsync($"{redis.ConnectionString},syncTimeout=30000");
        await client.GetDatabase().ExecuteAsync(command, arguments);
    }

    private static async Task WaitAsync(Func<Task<bool>> condition)
    {
        for (var tries = 0; tries < 3000; tries++)
        {
            if (await condition())
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(10), Cancel);
        }

        throw new TimeoutException("The condition did not become true.");
    }
}
