using Exporter.Admin.Tests.Stand;

namespace Exporter.Cli.Tests;

public abstract class CliFixture : IAsyncLifetime
{
    private AdminServer? _server;

    internal AdminServer Server => _server!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await AdminServer.StartAsync();

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    internal Task<CommandRun> RunAsync(params string[] args) => RunWithInputAsync("", args);

    internal Task<CommandRun> RunWithInputAsync(string input, params string[] args) => CommandRun.OfAsync(
        new Dictionary<string, string> { ["EXPORTER_SERVER"] = Server.Address, ["EXPORTER_TOKEN_FILE"] = Server.TokenFile }, input, args);

    // Words of a table's row, whatever its columns' widths.
    protected static string[] CellsOf(string line) =>
        line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
