using Exporter.Interop.Frames;
using Exporter.Interop.Suite;
using Grpc.Net.Client;

namespace Exporter.Interop.Client;

/// <summary>Our client of the suite.</summary>
internal static class OurClient
{
    /// <summary>Runs a case on a channel of its own, and gives the journal of its frames.</summary>
    public static async Task<FrameJournal> RunAsync(SuiteCase suiteCase, Uri server, bool tellsCompression, TimeSpan atMost)
    {
        var journal = new FrameJournal();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        cancel.CancelAfter(atMost);
        using var http = new SocketsHttpHandler { UseProxy = false };
        using var channel = GrpcChannel.ForAddress(server, new() { HttpHandler = new RecordingHandler(journal, http) });
        await suiteCase.Run(new(channel, tellsCompression, cancel.Token));
        return journal;
    }
}
