using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using Exporter.Testcontainers.Tests.Kit;
using Testcontainers.PostgreSql;

namespace Exporter.Testcontainers.Tests;

public sealed class DockerTests
{
    // A Docker of which only the questions are real: it has one image, and writes down what it is asked.
    private const string Docker = """
        #!/bin/sh
        here=$(dirname "$0")
        echo "$@" >> "$here/asked"
        case "$1" in
          image) [ "$5" = "example.test/postgres:17" ] ;;
          create) echo "the password is ${POSTGRES_PASSWORD}" > "$here/told"; echo abc123 ;;
          start) echo running > "$here/state" ;;
          stop) echo exited > "$here/state" ;;
          pause) echo paused > "$here/state" ;;
          unpause) echo running > "$here/state" ;;
          inspect) echo '[{"State":{"Status":"'$(cat "$here/state" || echo created)'","ExitCode":0,"Health":{"Status":"healthy","FailingStreak":0}},"NetworkSettings":{"IPAddress":"172.17.0.2","MacAddress":"02:42:ac:11:00:02","Ports":{"5432/tcp":[{"HostIp":"127.0.0.1","HostPort":"32768"}],"9/tcp":null}}}]' ;;
          exec) cat; [ "$4" = "pg_isready" ] || [ "$4" = "psql" ] ;;
          logs) echo "ready now" ; echo "a fault" >&2 ;;
          rm) ;;
          *) exit 1 ;;
        esac
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Docker_runs_what_it_has_an_image_of_and_is_asked_to_pull_nothing()
    {
        using var folder = new ScratchFolder();
        var docker = Path.Combine(folder.Path, "docker");
        await File.WriteAllTextAsync(docker, Docker, Cancel);
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", $"{folder.Path}:{path}");
        try
        {
            await UseAsync();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }

        var asked = await File.ReadAllLinesAsync(Path.Combine(folder.Path, "asked"), Cancel);
        asked[0].ShouldBe("image inspect --format {{.Id}} example.test/postgres:17");
        asked[1].ShouldMatch(
            "^create --pull never --name kept-1 --label org\\.testcontainers=true --label org\\.testcontainers\\.session-id=[0-9a-f]{12} --label part=store "
            + "--env POSTGRES_DB --env POSTGRES_USER --env POSTGRES_PASSWORD --publish 127\\.0\\.0\\.1::5432 --publish 127\\.0\\.0\\.1:8080:80 "
            + "--mount type=volume,source=data,destination=/data --hostname here --entrypoint first example\\.test/postgres:17 second -c fsync=off ");
        asked.ShouldNotContain(line => line.Contains("Tr0ub4dor", StringComparison.Ordinal) || line.StartsWith("pull", StringComparison.Ordinal));
        asked[^1].ShouldBe("rm --force --volumes abc123");
        (await File.ReadAllTextAsync(Path.Combine(folder.Path, "told"), Cancel)).ShouldBe("the password is Tr0ub4dor\n");
    }

    private static async Task UseAsync()
    {
        await using var postgres = new PostgreSqlBuilder("example.test/postgres:17").WithName("kept-1").WithPassword("Tr0ub4dor").WithPortBinding(8080, 80)
            .WithVolumeMount("data", "/data").WithHostname("here").WithEntrypoint("first", "second").WithLabel("part", "store")
            .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("ready now").UntilContainerIsHealthy().UntilCommandIsCompleted("pg_isready", "--quiet")).Build();
        await postgres.StartAsync(Cancel);
        (postgres.State, postgres.Health, postgres.Id, postgres.Name, postgres.IpAddress).ShouldBe(
            (TestcontainersStates.Running, TestcontainersHealthStatus.Healthy, "abc123", "/kept-1", "172.17.0.2"));
        postgres.GetConnectionString().ShouldBe("Host=127.0.0.1;Port=32768;Database=postgres;Username=postgres;Password=Tr0ub4dor");
        (await postgres.ExecScriptAsync("select 1;", Cancel)).Stdout.ShouldBe("select 1;");
        (await postgres.GetLogsAsync(timestampsEnabled: false, ct: Cancel)).ShouldBe(("ready now\n", "a fault\n"));
        Should.Throw<InvalidOperationException>(() => postgres.GetMappedPublicPort(9));

        await postgres.PauseAsync(Cancel);
        postgres.State.ShouldBe(TestcontainersStates.Paused);
        await postgres.UnpauseAsync(Cancel);
        await postgres.StopAsync(Cancel);
        postgres.State.ShouldBe(TestcontainersStates.Exited);
    }
}
