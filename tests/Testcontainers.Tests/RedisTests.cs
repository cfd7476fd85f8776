using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using StackExchange.Redis;
using Testcontainers.Redis;

namespace Exporter.Testcontainers.Tests;

public sealed class RedisTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redis_answers_clients_scripts_and_its_tools_and_stands_still_when_told()
    {
        await using var redis = new RedisBuilder("redis:7.0").Build();
        await redis.StartAsync(Cancel);
        redis.GetConnectionString().ShouldBe($"127.0.0.1:{redis.GetMappedPublicPort(6379)}");
        using (var client = await ConnectionMultiplexer.ConnectAsync(redis.GetConnectionString()))
            (await client.GetDatabase().StringSetAsync("key", "value")).ShouldBeTrue();

        (await redis.ExecAsync(["redis-cli", "get", "key"], Cancel)).Stdout.Trim().ShouldBe("value");
        (await redis.ExecScriptAsync("return redis.call('strlen', 'key')", Cancel)).Stdout.Trim().ShouldBe("5");

        await redis.PauseAsync(Cancel);
        redis.State.ShouldBe(TestcontainersStates.Paused);
        var answer = redis.ExecAsync(["redis-cli", "get", "key"], Cancel);
        await redis.UnpauseAsync(Cancel);
        (await answer).Stdout.Trim().ShouldBe("value");
    }

    [Fact]
    public async Task A_command_is_added_to_the_image_s_own()
    {
        await using var redis = new RedisBuilder("redis:7.0").WithCommand("--requirepass", "secret-word")
            .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("Ready to accept connections").UntilInternalTcpPortIsAvailable(6379)).Build();
        await redis.StartAsync(Cancel);
        (await redis.ExecAsync(["redis-cli", "ping"], Cancel)).Stdout.ShouldContain("NOAUTH");
        (await redis.ExecAsync(["redis-cli", "-a", "secret-word", "ping"], Cancel)).Stdout.ShouldContain("PONG");
    }

    [Fact]
    public async Task A_server_that_ends_while_it_is_waited_for_says_why()
    {
        await using var redis = new RedisBuilder("redis:7.0").WithCommand("--no-such-setting", "1").Build();
        var fault = await Should.ThrowAsync<ContainerNotRunningException>(() => redis.StartAsync(Cancel));
        fault.Message.ShouldContain("no-such-setting");
    }
}
