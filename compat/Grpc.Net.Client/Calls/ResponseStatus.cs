using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Net.Protocol;

namespace Grpc.Net.Client.Calls;

/// <summary>Reads from HTTP responses how calls ended.</summary>
internal static class ResponseStatus
{
    /// <summary>The status of a response that brings no messages: not gRPC at all, or all of it in the headers.</summary>
    public static Status? WithoutMessages(HttpResponseMessage response)
    {
        if (HasStatus(response.Headers))
            return Of(response.Headers);
        if (response.StatusCode != HttpStatusCode.OK)
            return new(OfHttp(response.StatusCode), $"Bad gRPC response. HTTP status code: {(int)response.StatusCode}");
        var contentType = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;
        return ProtocolNames.IsGrpc(contentType)
            ? null
            : new(StatusCode.Unknown, $"Bad gRPC response. Invalid content-type value: {contentType ?? "(none)"}");
    }

    /// <summary>The headers that hold the status: the trailers, or the response headers where there was no message.</summary>
    public static HttpResponseHeaders TrailersOf(HttpResponseMessage response) =>
        HasStatus(response.Headers) ? response.Headers : response.TrailingHeaders;

    public static Status Of(HttpResponseHeaders trailers)
    {
        if (!trailers.NonValidated.TryGetValues(ProtocolNames.Status, out var text))
            return new(StatusCode.Unknown, "No grpc-status found on response.");
        var detail = trailers.NonValidated.TryGetValues(ProtocolNames.Message, out var message)
            ? PercentEncoding.Decode(message.ToString())
            : "";
        return int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code <= 16
            ? new((StatusCode)code, detail)
            : new(StatusCode.Unknown, detail);
    }

    public static Metadata ToMetadata(HttpResponseHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers.NonValidated)
        {
            var lower = name.ToLowerInvariant();
            if (ProtocolNames.IsReserved(lower))
                continue;
            foreach (var value in values)
                BinaryHeader.AddHeader(metadata, lower, value);
        }
        return metadata;
    }

    private static bool HasStatus(HttpResponseHeaders headers) => headers.NonValidated.Contains(ProtocolNames.Status);

    private static StatusCode OfHttp(HttpStatusCode http) => (int)http switch
    {
        400 => StatusCode.Internal,
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 => StatusCode.Unimplemented,
        429 or 502 or 503 or 504 => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };
}
