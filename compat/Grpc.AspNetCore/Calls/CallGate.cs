using Grpc.Core;
using Grpc.Net.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Turns away what is not a gRPC call before any service sees it.</summary>
internal static class CallGate
{
    public static bool Admits(HttpContext http)
    {
        var request = http.Request;
        if (!ProtocolNames.IsGrpc(request.ContentType))
        {
            Refuse(http.Response, StatusCodes.Status415UnsupportedMediaType, $"Content-Type '{request.ContentType}' is not supported.");
            return false;
        }
        if (HttpProtocol.IsHttp2(request.Protocol) || HttpProtocol.IsHttp3(request.Protocol))
            return true;
        http.Response.Headers[HeaderNames.Upgrade] = "h2c";
        Refuse(http.Response, StatusCodes.Status426UpgradeRequired, $"Request protocol '{request.Protocol}' is not supported.");
        return false;
    }

    /// <summary>Answers without a message: the status goes into the headers.</summary>
    public static void AnswerAtOnce(HttpResponse response, Status status)
    {
        response.ContentType = ProtocolNames.ContentType;
        WriteStatus(response.Headers, status);
    }

    public static void WriteStatus(IHeaderDictionary headers, Status status)
    {
        headers.GrpcStatus = StatusText.Of(status.StatusCode);
        if (!string.IsNullOrEmpty(status.Detail))
            headers.GrpcMessage = PercentEncoding.Encode(status.Detail);
    }

    private static void Refuse(HttpResponse response, int httpStatus, string detail)
    {
        response.StatusCode = httpStatus;
        WriteStatus(response.Headers, new Status(StatusCode.Internal, detail));
    }
}
