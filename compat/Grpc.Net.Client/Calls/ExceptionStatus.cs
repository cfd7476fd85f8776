using System.Net.Http;
using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>Says which status a failure of the transport is.</summary>
internal static class ExceptionStatus
{
    public static Status Of(Exception exception, string doing) =>
        new(CodeOf(exception), $"{doing} {Describe(exception)}", exception);

    private static StatusCode CodeOf(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            if (cause is HttpProtocolException protocol)
                return OfHttp2(protocol.ErrorCode);
        return exception is HttpRequestException or IOException or ObjectDisposedException ? StatusCode.Unavailable : StatusCode.Internal;
    }

    private static StatusCode OfHttp2(long error) => error switch
    {
        0x0 or 0x7 => StatusCode.Unavailable,
        0x8 => StatusCode.Cancelled,
        0xb => StatusCode.ResourceExhausted,
        0xc => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };

    private static string Describe(Exception exception)
    {
        var cause = exception;
        while (cause.InnerException is { } inner)
            cause = inner;
        return ReferenceEquals(cause, exception)
            ? $"{exception.GetType().Name}: {exception.Message}"
            : $"{exception.GetType().Name}: {exception.Message} {cause.GetType().Name}: {cause.Message}";
    }
}
