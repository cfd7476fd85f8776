using System.Net;
using Exporter.Echo.V1;
using Google.Protobuf;

namespace Exporter.Grpc;

/// <summary>A peer that speaks HTTP/2 but not quite gRPC: sends whatever bytes and headers a test wants.</summary>
internal sealed class RawCall(string address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new(address) };

    public static byte[] Frame(byte flag, int length, params byte[] payload) =>
        [flag, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length, .. payload];

    public static byte[] Say(string text)
    {
        var payload = new SayRequest { Text = text }.ToByteArray();
        return Frame(0, payload.Length, payload);
    }

    public static async Task<(string? Status, string? Message)> StatusOf(HttpResponseMessage response)
    {
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return (Value("grpc-status"), Value("grpc-message"));

        string? Value(string name) =>
            response.Headers.TryGetValues(name, out var early) ? early.Single()
            : response.TrailingHeaders.TryGetValues(name, out var late) ? late.Single()
            : null;
    }

    public Task<HttpResponseMessage> SendAsync(byte[] body, params (string Name, string Value)[] headers) =>
        SendAsync("Say", "application/grpc", HttpVersion.Version20, body, headers);

    public async Task<HttpResponseMessage> SendAsync(
        string method, string contentType, Version version, byte[] body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/exporter.echo.v1.EchoService/{method}")
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        request.Headers.TryAddWithoutValidation("TE", "trailers");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _http.Dispose();
}
