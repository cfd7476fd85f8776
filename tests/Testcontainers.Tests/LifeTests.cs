using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DotNet.Testcontainers.Containers;
using Exporter.Testcontainers.Tests.Kit;
using Testcontainers.PostgreSql;
using Testcontainers.Redis;

namespace Exporter.Testcontainers.Tests;

public sealed class LifeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_that_is_disposed_of_leaves_nobody_at_its_port()
    {
        var redis = new RedisBuilder("redis:7.0").Build();
        await redis.StartAsync(Cancel);
        var port = redis.GetMappedPublicPort();
        (await ListensAsync(port)).ShouldBeTrue();
        await redis.DisposeAsync();
        (await ListensAsync(port)).ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_outlives_a_process_that_is_killed()
    {
        using var folder = new ScratchFolder();
        var start = new ProcessStartInfo(SampleProgram.Path) { RedirectStandardOutput = true, Environment = { ["TMPDIR"] = folder.Path } };
        using var sample = Process.Start(start)!;
        var address = await sample.StandardOutput.ReadLineAsync(Cancel);
        var port = IPEndPoint.Parse(address!).Port;
        (await ListensAsync(port)).ShouldBeTrue();

        sample.Kill();
        await Eventually.IsTrueAsync(async () => !await ListensAsync(port) && Directory.GetDirectories(folder.Path, "testcontainers-*").Length == 0);
    }

    [Fact]
    public async Task A_builder_stays_as_it_is_when_another_is_made_of_it()
    {
        var first = new PostgreSqlBuilder("postgres:15.1").WithDatabase("first");
        _ = first.WithDatabase("second");
        await using var postgres = first.Build();
        await postgres.StartAsync(Cancel);
        postgres.GetConnectionString().ShouldContain("Database=first;");
    }

    [Fact]
    public async Task What_must_be_there_first_is_started_first()
    {
        await using var first = new RedisBuilder("redis:7.0").Build();
        var wasThere = false;
        await using var second = new RedisBuilder("redis:7.0").DependsOn(first).WithStartupCallback(async (_, _) => wasThere = await ListensAsync(first.GetMappedPublicPort())).Build();
        await second.StartAsync(Cancel);
        wasThere.ShouldBeTrue();
    }

    [Fact]
    public async Task A_stop_in_the_moment_of_the_start_is_heard()
    {
        await using var redis = new RedisBuilder("redis:7.0").WithStartupCallback((container, cancel) => container.StopAsync(cancel)).Build();
        await Should.ThrowAsync<ContainerNotRunningException>(() => redis.StartAsync(Cancel));
        redis.State.ShouldBe(TestcontainersStates.Exited);
        (await redis.GetExitCodeAsync(Cancel)).ShouldNotBe(128 + 9);
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, Cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
