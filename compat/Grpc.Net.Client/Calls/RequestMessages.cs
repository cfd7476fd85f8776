using System.Net;
using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Net.Protocol;

namespace Grpc.Net.Client.Calls;

/// <summary>Builds the HTTP requests of calls.</summary>
internal static class RequestMessages
{
    private static readonly string UserAgent = $"grpc-dotnet-stand-in/{typeof(GrpcChannel).Assembly.GetName().Version!.ToString(3)}";

    public static async ValueTask<HttpRequestMessage> BuildAsync(GrpcCall call, string? host, HttpContent content)
    {
        content.Headers.TryAddWithoutValidation("Content-Type", ProtocolNames.ContentType);
        var request = new HttpRequestMessage(HttpMethod.Post, call.Channel.AddressOf(call.Method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        var headers = request.Headers;
        if (host is not null)
            headers.Host = host;
        headers.TryAddWithoutValidation("TE", "trailers");
        headers.TryAddWithoutValidation(ProtocolNames.AcceptEncoding, call.Channel.AcceptEncoding);
        if (call.Options.Deadline is { } deadline && deadline != DateTime.MaxValue)
            headers.TryAddWithoutValidation(
                ProtocolNames.Timeout, TimeoutHeader.Format(deadline - TimeProvider.System.GetUtcNow().UtcDateTime));
        if (call.Options.Headers is { } metadata)
            Add(request, metadata);
        await CallerCredentials.AddAsync(call, request);
        if (!headers.NonValidated.Contains("User-Agent"))
            headers.TryAddWithoutValidation("User-Agent", UserAgent);
        return request;
    }

    public static void Add(HttpRequestMessage request, Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            if (entry.Key == ProtocolNames.InternalEncodingRequest)
                request.Headers.TryAddWithoutValidation(ProtocolNames.Encoding, entry.Value);
            else if (ProtocolNames.IsReserved(entry.Key))
                throw new InvalidOperationException($"Metadata '{entry.Key}' belongs to the protocol and can't be sent.");
            else
                request.Headers.TryAddWithoutValidation(
                    entry.Key, entry.IsBinary ? BinaryHeader.Encode(entry.Bytes) : CheckedText(entry));
        }
    }

    /// <summary>The compression that the call's metadata asks for.</summary>
    public static ICompressionProvider? RequestedCompression(GrpcCall call)
    {
        if (call.Options.Headers?.GetValue(ProtocolNames.InternalEncodingRequest) is not { } encoding || encoding == ProtocolNames.Identity)
            return null;
        return Find(call.Channel, encoding)
            ?? throw new InvalidOperationException($"Could not find compression provider for '{encoding}'.");
    }

    /// <summary>The compression that the server says it uses.</summary>
    public static ICompressionProvider? CompressionOf(HttpResponseMessage response, GrpcChannel channel)
    {
        if (!response.Headers.NonValidated.TryGetValues(ProtocolNames.Encoding, out var values))
            return null;
        var encoding = values.ToString();
        if (encoding == ProtocolNames.Identity)
            return null;
        return Find(channel, encoding)
            ?? throw new RpcException(new Status(StatusCode.Internal, $"Unsupported grpc-encoding value '{encoding}' in the response."));
    }

    private static ICompressionProvider? Find(GrpcChannel channel, string encoding) =>
        channel.Compressions.FirstOrDefault(each => each.EncodingName == encoding);

    private static string CheckedText(Metadata.Entry entry) =>
        entry.Value.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? throw new InvalidOperationException(
                $"Metadata '{entry.Key}' holds other than printable ASCII; send it as bytes under '{entry.Key}-bin'.")
            : entry.Value;
}
