using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Exporter.Interop.Frames;

/// <summary>Stands between Kestrel and whatever answers a request, and records the messages.</summary>
internal static class FrameRecorder
{
    public static async Task RecordAsync(HttpContext http, FrameJournal journal, RequestDelegate next)
    {
        var call = journal.Begin(http.Request.Path);
        var response = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        http.Features.Set<IRequestBodyPipeFeature>(new RecordedRequest(new RecordingReader(http.Request.BodyReader, call.Requests)));
        http.Features.Set<IHttpResponseBodyFeature>(new RecordingBody(response, call.Responses));
        http.Features.Set(call);
        try
        {
            await next(http);
        }
        finally
        {
            call.End();
        }
    }

    private sealed record RecordedRequest(PipeReader Reader) : IRequestBodyPipeFeature;
}
