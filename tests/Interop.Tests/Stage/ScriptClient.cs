using System.Text.Json;
using Exporter.TestKit.Peers;

namespace Exporter.Interop.Stage;

/// <summary>A peer's client: a process that runs case after case, as it is told on its standard input.</summary>
internal sealed class ScriptClient(PeerRuntime runtime, string script, StageCertificate certificate) : IAsyncDisposable
{
    private static readonly TimeSpan LongestCase = TimeSpan.FromSeconds(60);
    private readonly PeerProcess _process = PeerProcess.Start(runtime, script, certificate.CertificateFile, certificate.KeyFile);

    /// <summary>Runs a case; fails with what the peer says of it.</summary>
    public async Task RunAsync(string name, Uri server)
    {
        await _process.WriteLineAsync(JsonSerializer.Serialize(new { @case = name, target = server.Authority, tls = server.Scheme == Uri.UriSchemeHttps }));
        using var answer = JsonDocument.Parse(await _process.ReadLineAsync(LongestCase));
        answer.RootElement.GetProperty("failure").GetString().ShouldBeNull();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
