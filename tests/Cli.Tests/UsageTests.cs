using System.Net;
using System.Net.Sockets;

namespace Exporter.Cli.Tests;

public sealed class UsageTests : CliFixture
{
    [Theory]
    [InlineData("frobnicate")]
    [InlineData("exports", "create", "daily")]
    [InlineData("exports", "create", "daily", "--kind", "ftp")]
    [InlineData("exports", "create", "daily", "--kind", "dummy", "--max-delay", "soon")]
    [InlineData("exports", "create", "daily", "--kind", "dummy", "--max-batch-bytes", "lots")]
    [InlineData("exports", "create", "daily", "--kind", "s3", "--tag", "loose")]
    [InlineData("exports", "create", "daily", "--kind", "dummy", "--batch", "many")]
    [InlineData("exports", "create", "daily", "--kind", "dummy", "--longest-back-off", "often")]
    [InlineData("deadletters", "list", "--since", "yesterday")]
    [InlineData("keys", "show")]
    [InlineData("keys", "list", "--limit", "0")]
    [InlineData("explain", "-", "--item", "-1")]
    [InlineData("sample", "--rate", "0")]
    [InlineData("sample", "--to", "http://127.0.0.1:1", "--http", "http://127.0.0.1:1")]
    public async Task A_command_that_makes_no_sense_is_a_usage_error(params string[] args)
    {
        var run = await RunAsync(args);
        run.ExitCode.ShouldBe(2, run.Output + run.Error);
        run.Error.ShouldNotBeEmpty();
        (await Server.Exports.LoadAsync(Cancel)).ById.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_value_that_can_not_be_read_says_how_it_is_written() =>
        (await RunAsync("exports", "create", "a", "--kind", "dummy", "--max-delay", "soon")).Error
            .ShouldStartWith("A duration is written like 30s, 15m, 1h30m or 7d, found 'soon'.");

    [Fact]
    public async Task Every_command_has_help()
    {
        foreach (var command in new[] { "keys", "exports", "queues", "batches", "deadletters", "status", "explain", "sample" })
            (await RunAsync(command, "--help")).ShouldSucceed().Output.ShouldContain($"exporter {command}");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        taken.Stop();

        var run = await RunAsync("status", "--server", address);
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldBe(
            $"{address} can't be reached: Connection refused. Is Exporter running there? "
            + "Name another address with --server or EXPORTER_SERVER.\n");
        run.Output.ShouldBe("");
    }

    [Fact]
    public async Task An_address_that_is_none_is_told() =>
        (await RunAsync("status", "--server", "127.0.0.1:8082"))
            .ShouldFail("--server must be an address such as http://127.0.0.1:8082, found '127.0.0.1:8082'.");

    [Fact]
    public async Task A_token_that_is_not_the_servers_is_told()
    {
        var other = Path.Combine(Server.Folder, "other.token");
        await File.WriteAllTextAsync(other, "some-other-token-of-length", Cancel);
        (await RunAsync("status", "--token-file", other)).ShouldFail(
            $"{Server.Address} does not take the token in '{other}'. Name the server's own with --token-file or EXPORTER_TOKEN_FILE.");
    }

    [Fact]
    public async Task A_token_file_that_is_not_there_is_told()
    {
        var gone = Path.Combine(Server.Folder, "gone.token");
        var run = await RunAsync("status", "--token-file", gone);
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldStartWith($"The admin token file '{gone}' can't be read: ");
        run.Error.ShouldContain("--token-file or EXPORTER_TOKEN_FILE");
    }
}
