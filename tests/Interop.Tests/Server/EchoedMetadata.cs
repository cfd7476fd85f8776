using Grpc.Core;

namespace Exporter.Interop.Server;

/// <summary>The two entries that the suite's clients send and want back: one in the headers, one in the trailers.</summary>
internal static class EchoedMetadata
{
    public const string Initial = "x-grpc-test-echo-initial";
    public const string Trailing = "x-grpc-test-echo-trailing-bin";

    /// <summary>Sends the headers, with the encoding of the messages that follow, and sets the trailer.</summary>
    public static async Task SendAsync(ServerCallContext context, bool compress)
    {
        if (context.RequestHeaders.GetValueBytes(Trailing) is { } trailing)
            context.ResponseTrailers.Add(Trailing, trailing);
        var headers = new Metadata();
        if (context.RequestHeaders.GetValue(Initial) is { } initial)
            headers.Add(Initial, initial);
        if (compress)
            headers.Add("grpc-internal-encoding-request", "gzip");
        if (headers.Count > 0)
            await context.WriteResponseHeadersAsync(headers);
    }
}
