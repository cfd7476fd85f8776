using Exporter.Interop.Frames;
using Exporter.Interop.Stage;
using Exporter.Interop.Suite;
using Grpc.Net.Client;

namespace Exporter.Interop.Client;

/// <summary>Our client of the suite: a channel of its own, with a journal of the frames of its calls.</summary>
internal sealed class OurClient : IDisposable
{
    private readonly SocketsHttpHandler _http;
    private readonly GrpcChannel _channel;

    public OurClient(Uri server, StageCertificate certificate)
    {
        _http = new()
        {
            UseProxy = false,
            SslOptions =
            {
                ClientCertificates = [certificate.Certificate],
                RemoteCertificateValidationCallback = (_, shown, _, _) => certificate.IsShownBy(shown),
            },
        };
        _channel = GrpcChannel.ForAddress(server, new() { HttpHandler = new RecordingHandler(Journal, _http) });
    }

    public FrameJournal Journal { get; } = new();

    /// <param name="suiteCase">What it does.</param>
    /// <param name="tellsCompression">Whether the server's service can see that a request came compressed.</param>
    /// <param name="atMost">How long it may take.</param>
    public async Task RunAsync(SuiteCase suiteCase, bool tellsCompression, TimeSpan atMost)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        cancel.CancelAfter(atMost);
        await suiteCase.Run(new(_channel, tellsCompression, cancel.Token));
    }

    public void Dispose()
    {
        _channel.Dispose();
        _http.Dispose();
    }
}
