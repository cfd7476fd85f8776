using Aspire.StackExchange.Redis;
using Exporter.TestKit.Servers;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Exporter.Aspire;

public sealed class RedisClientTests : IAsyncLifetime
{
    private const string Section = "Aspire:StackExchange:Redis";
    private RedisServer redis = null!;

    public async ValueTask InitializeAsync() => redis = await RedisServer.StartOwnAsync();

    public ValueTask DisposeAsync() => redis.DisposeAsync();

    [Fact]
    public async Task A_client_comes_from_its_connection_string_with_a_health_check()
    {
        await using var host = await ClientHost.StartAsync(builder => builder.AddRedisClient("redis"), ("ConnectionStrings:redis", redis.ConnectionString));

        var database = host.Get<IConnectionMultiplexer>().GetDatabase();
        await database.StringSetAsync("name", "value");

        ((string?)await database.StringGetAsync("name")).ShouldBe("value");
        (await host.HealthAsync()).ShouldBe(new Dictionary<string, HealthStatus> { ["StackExchange.Redis"] = HealthStatus.Healthy });
    }

    [Fact]
    public async Task Keyed_clients_stand_beside_each_other_and_beside_the_one_without_a_key()
    {
        await using var host = await ClientHost.StartAsync(
            builder =>
            {
                builder.AddRedisClient("one");
                builder.AddKeyedRedisClient("one");
                builder.AddKeyedRedisClient("two");
            },
            ("ConnectionStrings:one", $"{redis.ConnectionString},defaultDatabase=1"),
            ("ConnectionStrings:two", $"{redis.ConnectionString},defaultDatabase=2"));

        host.Get<IConnectionMultiplexer>("one").GetDatabase().Database.ShouldBe(1);
        host.Get<IConnectionMultiplexer>("two").GetDatabase().Database.ShouldBe(2);
        host.Get<IConnectionMultiplexer>().ShouldNotBeSameAs(host.Get<IConnectionMultiplexer>("one"));
        (await host.HealthAsync()).Keys.Order().ShouldBe(["StackExchange.Redis", "StackExchange.Redis_one", "StackExchange.Redis_two"]);
    }

    [Fact]
    public void Settings_switch_everything_on_by_default()
    {
        var settings = new StackExchangeRedisSettings();

        settings.ConnectionString.ShouldBeNull();
        settings.DisableHealthChecks.ShouldBeFalse();
        settings.DisableTracing.ShouldBeFalse();
        settings.DisableAutoActivation.ShouldBeFalse();
    }

    [Fact]
    public async Task The_named_section_wins_over_the_general_one_the_connection_string_over_both_and_code_over_all()
    {
        StackExchangeRedisSettings? seen = null;
        ConfigurationOptions? options = null;
        await using var host = await ClientHost.StartAsync(
            builder => builder.AddRedisClient(
                "redis",
                settings => (seen, settings.DisableHealthChecks) = (settings, true),
                configured => (options, configured.ClientName) = (configured, "code")),
            ($"{Section}:ConnectionString", "general:1"),
            ($"{Section}:DisableTracing", "true"),
            ($"{Section}:ConfigurationOptions:ConnectTimeout", "1111"),
            ($"{Section}:ConfigurationOptions:ConnectRetry", "7"),
            ($"{Section}:redis:ConnectionString", "named:1"),
            ($"{Section}:redis:DisableTracing", "false"),
            ($"{Section}:redis:ConfigurationOptions:ConnectTimeout", "2222"),
            ("ConnectionStrings:redis", redis.ConnectionString));

        seen!.ConnectionString.ShouldBe(redis.ConnectionString);
        seen.DisableTracing.ShouldBeFalse();
        (options!.ConnectTimeout, options.ConnectRetry, options.ClientName).ShouldBe((2222, 7, "code"));
        (await host.HealthAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_is_away_at_the_start_is_waited_for_unless_the_connection_string_says_otherwise()
    {
        await redis.StopAsync();
        await Should.ThrowAsync<RedisConnectionException>(() => ClientHost.StartAsync(
            builder => builder.AddRedisClient("redis"), ("ConnectionStrings:redis", $"{redis.ConnectionString},abortConnect=true")));

        await using var host = await ClientHost.StartAsync(builder => builder.AddRedisClient("redis"), ("ConnectionStrings:redis", redis.ConnectionString));
        host.Get<IConnectionMultiplexer>().IsConnected.ShouldBeFalse();
        await redis.StartProcessAsync();
        await Settled.WhenAsync(() => Task.FromResult(host.Get<IConnectionMultiplexer>().IsConnected));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_connection_string_the_error_says_where_to_put_one(bool atStart)
    {
        var refused = await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await using var host = await ClientHost.StartAsync(builder => builder.AddRedisClient("redis", settings => settings.DisableAutoActivation = !atStart));
            atStart.ShouldBeFalse();
            host.Get<IConnectionMultiplexer>();
        });

        refused.Message.ShouldBe(
            "No Redis server is named. Put a connection string into 'ConnectionStrings:redis', or into 'ConnectionString' of the section 'Aspire:StackExchange:Redis' or 'Aspire:StackExchange:Redis:redis'.");
    }

    [Fact]
    public async Task Health_fails_while_the_server_is_away_or_hangs_and_recovers()
    {
        await using var host = await ClientHost.StartAsync(builder => builder.AddRedisClient("redis"), ("ConnectionStrings:redis", redis.ConnectionString + ",syncTimeout=500"));
        (await StatusAsync()).ShouldBe(HealthStatus.Healthy);

        redis.Freeze();
        (await StatusAsync()).ShouldBe(HealthStatus.Unhealthy);
        redis.Thaw();
        await Settled.WhenAsync(async () => await StatusAsync() == HealthStatus.Healthy);
        await redis.StopAsync();
        (await StatusAsync()).ShouldBe(HealthStatus.Unhealthy);
        await redis.StartProcessAsync();
        await Settled.WhenAsync(async () => await StatusAsync() == HealthStatus.Healthy);

        async Task<HealthStatus> StatusAsync() => (await host.HealthAsync())["StackExchange.Redis"];
    }
}
