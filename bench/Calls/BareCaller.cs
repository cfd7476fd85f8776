using System.Buffers.Binary;
using System.Net;
using Exporter.Bench.V1;
using Google.Protobuf;

namespace Exporter.Bench.Calls;

/// <summary>By hand on the framework's HTTP/2 client.</summary>
internal sealed class BareCaller(Uri address) : IUnaryCaller
{
    private const int Prefix = 5;
    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler());
    private readonly Uri check = new(address, "/exporter.bench.v1.CheckService/Check");

    public async Task<Verdict> CheckAsync(Reading reading)
    {
        var frame = new byte[Prefix + reading.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - Prefix);
        reading.WriteTo(frame.AsSpan(Prefix));
        using var content = new ByteArrayContent(frame);
        content.Headers.ContentType = new("application/grpc");
        using var request = new HttpRequestMessage(HttpMethod.Post, check) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content };
        using var response = await http.SendAsync(request, CancellationToken.None);
        var answer = await response.Content.ReadAsByteArrayAsync();
        if (!response.TrailingHeaders.TryGetValues("grpc-status", out var status) || status.Single() != "0")
            throw new InvalidOperationException($"Reading {reading.Id} was not answered with status 0.");
        return Verdict.Parser.ParseFrom(answer.AsSpan(Prefix));
    }

    public void Dispose() => http.Dispose();
}
