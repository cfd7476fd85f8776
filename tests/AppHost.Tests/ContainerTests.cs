using Aspire.Hosting;
using Exporter.AppHost.Tests.Kit;

namespace Exporter.AppHost.Tests;

public sealed class ContainerTests
{
    // A Docker of which only the questions are real: it has one image, and writes down what it is asked.
    private const string Docker = """
        #!/bin/sh
        echo "$@" >> "$(dirname "$0")/asked"
        case "$1 $2" in
          "image inspect") for word in "$@"; do image=$word; done; [ "$image" = "docker.io/library/redis:8.2" ] ;;
          "rm --force") ;;
          run*) echo "the password has ${#REDIS_PASSWORD} letters"; exec sleep 1000 ;;
          *) exit 1 ;;
        esac
        """;

    [Fact]
    public async Task Docker_runs_what_it_has_an_image_of_and_is_asked_to_pull_nothing()
    {
        using var folder = new ScratchFolder();
        var docker = Path.Combine(folder.Path, "docker");
        await File.WriteAllTextAsync(docker, Docker, TestContext.Current.CancellationToken);
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", $"{folder.Path}:{path}");
        try
        {
            await using (var application = await RunningApplication.StartAsync(builder => builder.AddRedis("cache", port: 23456).WithDataVolume("kept")))
            {
                (await application.UntilRunningAsync("cache")).Runs!.ShouldStartWith("container cache-");
                await application.LinesAsync("cache", line => line.Content == "the password has 22 letters");
            }

            var asked = await File.ReadAllLinesAsync(Path.Combine(folder.Path, "asked"), TestContext.Current.CancellationToken);
            asked.ShouldNotContain(line => line.StartsWith("pull", StringComparison.Ordinal));
            asked.Single(line => line.StartsWith("run", StringComparison.Ordinal)).ShouldMatch(
                "^run --rm --name cache-[0-9a-f]{12} --pull never --publish 127\\.0\\.0\\.1:23456:6379 --env REDIS_PASSWORD --volume kept:/data --entrypoint /bin/sh docker\\.io/library/redis:8\\.2 -c redis-server --requirepass \"\\$REDIS_PASSWORD\" --save 60 1$");
            asked[^1].ShouldStartWith("rm --force --volumes cache-");
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }
}
