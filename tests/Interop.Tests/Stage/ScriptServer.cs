using System.Globalization;
using Exporter.Interop.Suite;
using Exporter.TestKit.Peers;

namespace Exporter.Interop.Stage;

/// <summary>A peer's server: a process that says its ports, in clear and with TLS, and serves until it is disposed of.</summary>
internal sealed class ScriptServer : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);
    private readonly PeerProcess _process;

    private ScriptServer(PeerProcess process, int[] ports)
    {
        _process = process;
        Addresses = new()
        {
            [Transport.Clear] = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", ports[0]).Uri,
            [Transport.Tls] = new UriBuilder(Uri.UriSchemeHttps, "127.0.0.1", ports[1]).Uri,
        };
    }

    public Dictionary<Transport, Uri> Addresses { get; }

    public static async Task<ScriptServer> StartAsync(PeerRuntime runtime, string script, StageCertificate certificate)
    {
        var process = PeerProcess.Start(runtime, script, certificate.CertificateFile, certificate.KeyFile);
        try
        {
            var ports = await process.ReadLineAsync(LongestStart);
            return new(process, [.. ports.Split(' ').Select(port => int.Parse(port, CultureInfo.InvariantCulture))]);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Holds that it lives: a server that died fails every case after.</summary>
    public void ShouldServe() => _process.HasEnded.ShouldBeFalse(string.Join('\n', _process.Errors));

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
