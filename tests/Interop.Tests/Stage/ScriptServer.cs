using System.Globalization;
using Exporter.TestKit.Peers;

namespace Exporter.Interop.Stage;

/// <summary>A peer's server: a process that says its port and serves until it is disposed of.</summary>
internal sealed class ScriptServer : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);
    private readonly PeerProcess _process;

    private ScriptServer(PeerProcess process, int port)
    {
        _process = process;
        Address = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port).Uri;
    }

    public Uri Address { get; }

    public static async Task<ScriptServer> StartAsync(PeerRuntime runtime, string script)
    {
        var process = PeerProcess.Start(runtime, script);
        try
        {
            return new(process, int.Parse(await process.ReadLineAsync(LongestStart), CultureInfo.InvariantCulture));
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
