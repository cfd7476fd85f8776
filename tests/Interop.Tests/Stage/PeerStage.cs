using Exporter.Interop.Client;
using Exporter.Interop.Frames;
using Exporter.Interop.Server;
using Exporter.Interop.Stage;
using Exporter.Interop.Suite;
using Exporter.TestKit.Peers;
using Exporter.TestKit.Processes;

[assembly: AssemblyFixture(typeof(PeerStage))]

namespace Exporter.Interop.Stage;

/// <summary>Every client and every server, each started once: a process for a peer's, in this one for ours.</summary>
public sealed class PeerStage : IAsyncLifetime
{
    private const string Scripts = "tests/Interop.Tests/Peers";

    /// <summary>Not from the folder "grpc" upwards: Python's own package has that name.</summary>
    private static readonly string[] Contracts =
        ["tests/Interop.Tests/Protos", "compat/Grpc.HealthCheck/Protos/grpc", "compat/Grpc.Reflection/Protos/grpc"];

    private static readonly TimeSpan LongestCase = TimeSpan.FromSeconds(20);
    private readonly Dictionary<Peer, ScriptClient> _clients = [];
    private readonly Dictionary<Peer, ScriptServer> _servers = [];
    private readonly StageCertificate _certificate = new();
    private PythonStubs? _stubs;
    private InteropServer? _ours;

    public async ValueTask InitializeAsync()
    {
        try
        {
            _stubs = await PythonStubs.GenerateAsync([.. Contracts.Select(RepositoryFolder.PathOf)]);
            await StartAsync(Peer.Python, _stubs.Runtime, "python/client.py", "python/server.py");
            var node = await NodePackages.InstallAsync(RepositoryFolder.PathOf($"{Scripts}/javascript"));
            await StartAsync(Peer.JavaScript, node, "javascript/client.js", "javascript/server.js");
            _ours = await InteropServer.StartAsync(_certificate);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a case, and holds what our side saw of it on the wire.</summary>
    internal async Task RunAsync(Run run, Transport transport)
    {
        var (client, server) = run.Pair;
        _ours!.Journal.Clear();
        if (client == Peer.Ours)
            await RunOursAsync(run.Case, server, transport);
        else
            await _clients[client].RunAsync(run.Case.Name, AddressOf(server, transport));
        if (server == Peer.Ours)
            CompressedFrames.ShouldBeThoseOf(_ours.Journal, run.Case.Name, probed: true);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
            await client.DisposeAsync();
        foreach (var server in _servers.Values)
            await server.DisposeAsync();
        if (_ours is not null)
            await _ours.DisposeAsync();
        _stubs?.Dispose();
        _certificate.Dispose();
    }

    private async Task RunOursAsync(SuiteCase suiteCase, Peer server, Transport transport)
    {
        using var client = new OurClient(AddressOf(server, transport), _certificate);
        await client.RunAsync(suiteCase, tellsCompression: server == Peer.Ours, LongestCase);
        CompressedFrames.ShouldBeThoseOf(client.Journal, suiteCase.Name, probed: server == Peer.Ours);
        if (server == Peer.Ours)
            await _ours!.Journal.EndedAsync().WaitAsync(LongestCase, TestContext.Current.CancellationToken);
    }

    private Uri AddressOf(Peer peer, Transport transport)
    {
        if (peer == Peer.Ours)
            return _ours!.Addresses[transport];
        _servers[peer].ShouldServe();
        return _servers[peer].Addresses[transport];
    }

    private async Task StartAsync(Peer peer, PeerRuntime runtime, string client, string server)
    {
        _clients[peer] = new(runtime, RepositoryFolder.PathOf($"{Scripts}/{client}"), _certificate);
        _servers[peer] = await ScriptServer.StartAsync(runtime, RepositoryFolder.PathOf($"{Scripts}/{server}"), _certificate);
    }
}
