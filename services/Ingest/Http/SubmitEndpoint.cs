using System.Security.Cryptography;
using Exporter.Delivery.Blocks;
using Exporter.Geosubmit;
using Exporter.Ingest.Intake;
using Exporter.Ingest.V1;

namespace Exporter.Ingest.Http;

/// <summary>Answers all methods of one submit route.</summary>
internal sealed class SubmitEndpoint(
    Gate gate, ReportIntake intake, RequestBody bodies, IngestOptions options, IngestMetrics metrics, TimeProvider clock)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public async Task AnswerAsync(HttpContext http, SubmitRoute route)
    {
        CommonHeaders.Set(http.Response);
        try
        {
            if (HttpMethods.IsPost(http.Request.Method))
                await SubmitAsync(http, route);
            else
                await MethodAnswer.WriteAsync(http);
        }
        catch (HttpFaultException e)
        {
            await HttpAnswer.WriteAsync(http.Response, e.Fault);
        }
        catch (BadHttpRequestException e) when (!http.RequestAborted.IsCancellationRequested)
        {
            await HttpAnswer.WriteAsync(http.Response, new HttpFault(e.StatusCode, "global", "badRequest", e.Message));
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The client is gone; nobody reads an answer.
        }
    }

    private async Task SubmitAsync(HttpContext http, SubmitRoute route)
    {
        var door = route.Door;
        var key = IdempotencyKeyOf(http.Request);
        var admission = await gate.AdmitAsync(
            door, http.Request.Query["key"], http.Connection.RemoteIpAddress, http.RequestAborted);
        if (admission.Refusal is { } refused)
            throw new HttpFaultException(HttpRefusals.Of(refused));

        using var parcel = intake.Open(door);
        RequestKey? requestKey;
        using (var body = await ReadAsync(http, door))
        {
            Read(body.Written.Span, route, parcel);
            requestKey = key is null ? null : new(key, SHA256.HashData(body.Written.Span));
        }

        var result = await intake.SubmitAsync(door, parcel, admission.Key, requestKey);
        if (result.IsRefused(out var refusal, out var answer))
            throw new HttpFaultException(HttpRefusals.Of(refusal));

        await WriteAsync(http.Response, route, answer);
    }

    private async Task<PooledBody> ReadAsync(HttpContext http, Door door)
    {
        var received = await bodies.ReadAsync(http.Request, http.RequestAborted);
        metrics.Received(door, received.Length);
        if (received.Length > 0)
            return bodies.ToUtf8(http.Request, bodies.Unpack(http.Request, received));

        received.Dispose();
        throw new HttpFaultException(HttpFault.ParseError());
    }

    private void Read(ReadOnlySpan<byte> body, SubmitRoute route, Parcel parcel)
    {
        var json = body.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;
        switch (GeosubmitReader.Read(json, route.Version, clock.GetUtcNow(), parcel))
        {
            case GeosubmitReading.Document document when document.ItemCount <= options.Limits.MaxReports:
                foreach (var report in document.Rejected)
                    parcel.Reject(report);
                return;
            case GeosubmitReading.ParseError error:
                throw new HttpFaultException(HttpFault.ParseError(
                    error is { Decode: null, Validation: null } ? null : new(error.Decode, error.Validation)));
            default:
                throw new HttpFaultException(HttpRefusals.Of(new Refusal.TooManyReports(options.Limits.MaxReports)));
        }
    }

    private static string? IdempotencyKeyOf(HttpRequest request)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        if (key.Length > IdempotencyRecord.MaxKeyLength)
            throw new HttpFaultException(HttpRefusals.Of(new Refusal.KeyTooLong(key.Length)));
        return key.Length == 0 ? null : key;
    }

    private static Task WriteAsync(HttpResponse response, SubmitRoute route, SubmitReportsResponse answer)
    {
        if (!route.AnswersNoContent)
            return HttpAnswer.WriteAsync(response, answer);

        response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
