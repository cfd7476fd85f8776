using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Exporter.Ingest.V1;

namespace Exporter.Ingest.Http;

/// <summary>Writes what the old clients expect to read.</summary>
internal static class HttpAnswer
{
    private const string Json = "application/json";

    public static Task WriteAsync(HttpResponse response, SubmitReportsResponse answer)
    {
        if (answer.RejectedReports.Count == 0)
            return WriteAsync(response, StatusCodes.Status200OK, "{}"u8.ToArray());

        var body = Write(json =>
        {
            json.WriteStartArray("rejected");
            foreach (var report in answer.RejectedReports)
            {
                json.WriteStartObject();
                json.WriteNumber("index", report.Index);
                json.WriteString("field", report.FieldPath);
                json.WriteString("reason", NameOf(report.Reason));
                json.WriteString("message", report.Detail);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        return WriteAsync(response, StatusCodes.Status200OK, body);
    }

    public static Task WriteAsync(HttpResponse response, HttpFault fault)
    {
        if (fault.RetryAfter is { } after)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

        var body = Write(json =>
        {
            json.WriteStartObject("error");
            json.WriteStartArray("errors");
            json.WriteStartObject();
            json.WriteString("domain", fault.Domain);
            json.WriteString("reason", fault.Reason);
            json.WriteString("message", fault.Message);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteNumber("code", fault.Status);
            json.WriteString("message", fault.Message);
            json.WriteEndObject();
            WriteDetails(json, fault.Details);
        });
        return WriteAsync(response, fault.Status, body);
    }

    private static void WriteDetails(Utf8JsonWriter json, HttpFaultDetails? details)
    {
        if (details is null)
            return;

        json.WriteStartObject("details");
        if (details.Decode is { } decode)
            json.WriteString("decode", decode);
        if (details.Validation is { } validation)
        {
            json.WriteStartObject("validation");
            foreach (var (path, sentence) in validation)
                json.WriteString(path, sentence);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static Task WriteAsync(HttpResponse response, int status, ReadOnlyMemory<byte> body)
    {
        response.StatusCode = status;
        response.ContentType = Json;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body).AsTask();
    }

    private static string NameOf(RejectReason reason) => reason switch
    {
        RejectReason.OutOfRange => "outOfRange",
        RejectReason.TooManyNetworks => "tooManyNetworks",
        RejectReason.StringTooLong => "stringTooLong",
        _ => "invalidType",
    };
}
