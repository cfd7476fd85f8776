using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Exporter.Ingest;

/// <summary>What a client of the HTTP door does.</summary>
internal static class HttpCalls
{
    public static Task<HttpResponseMessage> PostAsync(
        this IngestHost host, string body, string path = "/v2/geosubmit", string? idempotencyKey = null) =>
        host.PostAsync(Encoding.UTF8.GetBytes(body), path, idempotencyKey: idempotencyKey);

    public static async Task<HttpResponseMessage> PostAsync(
        this IngestHost host,
        byte[] body,
        string path = "/v2/geosubmit",
        string? contentEncoding = null,
        string contentType = "application/json",
        string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (contentEncoding is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", contentEncoding);
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<string> BodyAsync(this HttpResponseMessage response) =>
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonDocument.Parse(await response.BodyAsync()).RootElement;

    public static byte[] Gzip(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(body);
        return packed.ToArray();
    }

    public static byte[] Brotli(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
            brotli.Write(body);
        return packed.ToArray();
    }
}
