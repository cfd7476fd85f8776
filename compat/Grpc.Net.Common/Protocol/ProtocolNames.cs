namespace Grpc.Net.Protocol;

/// <summary>The names that gRPC puts into HTTP/2 headers.</summary>
internal static class ProtocolNames
{
    public const string ContentType = "application/grpc";
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string Timeout = "grpc-timeout";
    public const string Encoding = "grpc-encoding";
    public const string AcceptEncoding = "grpc-accept-encoding";
    public const string InternalEncodingRequest = "grpc-internal-encoding-request";
    public const string Identity = "identity";

    /// <summary>Names that belong to the protocol: a caller may neither send nor see them as metadata.</summary>
    public static bool IsReserved(string name) => name switch
    {
        "te" or "content-type" or "content-length" or "connection" or "transfer-encoding" or "host" => true,
        Status or Message or Timeout or Encoding or AcceptEncoding or InternalEncodingRequest => true,
        _ => name.StartsWith(':'),
    };

    /// <summary>Whether a content type is gRPC's, with any message format: "application/grpc", "application/grpc+proto".</summary>
    public static bool IsGrpc(ReadOnlySpan<char> contentType) =>
        contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == ContentType.Length || contentType[ContentType.Length] is '+' or ';');
}
