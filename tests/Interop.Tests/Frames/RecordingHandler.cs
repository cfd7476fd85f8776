namespace Exporter.Interop.Frames;

/// <summary>Records the messages of the calls that our client makes.</summary>
internal sealed class RecordingHandler(FrameJournal journal, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = journal.Begin(request.RequestUri!.AbsolutePath);
        request.Content = new RecordedContent(request.Content!, call.Requests);
        var response = await base.SendAsync(request, cancellationToken);
        response.Content = new RecordedContent(response.Content, call.Responses);
        return response;
    }
}
