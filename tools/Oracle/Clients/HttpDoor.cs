using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Exporter.Oracle.Submissions;

namespace Exporter.Oracle.Clients;

/// <summary>POST /v2/geosubmit with a gzip body, as the apps do.</summary>
internal sealed class HttpDoor : ISubmitDoor
{
    public string Name => "HTTP";

    public Task SendAsync(Life life, IReadOnlyList<SubmittedRequest> requests, CancellationToken cancel) =>
        Task.WhenAll(requests.Select(request => SendAsync(life, request, cancel)));

    private static async Task SendAsync(Life life, SubmittedRequest request, CancellationToken cancel)
    {
        try
        {
            var path = request.ApiKey is null ? "/v2/geosubmit" : $"/v2/geosubmit?key={request.ApiKey}";
            using var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = BodyOf(request) };
            if (request.IdempotencyKey is not null)
                message.Headers.Add("Idempotency-Key", request.IdempotencyKey);
            using var answer = await life.Http.SendAsync(message, cancel);
            Take(request, answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !cancel.IsCancellationRequested)
        {
            throw new AnswerLostException(e);
        }
    }

    private static void Take(SubmittedRequest request, HttpStatusCode status, string body)
    {
        if (status == HttpStatusCode.ServiceUnavailable)
            throw new AnswerLostException();
        if (status != HttpStatusCode.OK || body != "{}")
            throw new UnexpectedAnswerException($"Request {request.Number} got {(int)status} {body}");
        request.Acknowledge();
    }

    private static ByteArrayContent BodyOf(SubmittedRequest request)
    {
        using var body = new MemoryStream();
        using (var packed = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
        {
            packed.Write("{\"items\":["u8);
            for (var i = 0; i < request.Reports.Count; i++)
            {
                packed.Write(i == 0 ? ""u8 : ","u8);
                packed.Write(request.Reports[i].Json);
            }

            packed.Write("]}"u8);
        }

        var content = new ByteArrayContent(body.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
