using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>What the gRPC server tells people; callers' own faults are not among it.</summary>
internal static partial class Log
{
    [LoggerMessage(
        6, LogLevel.Error, "The service threw while it answered '{Method}'; the caller got UNKNOWN.",
        EventName = "ErrorExecutingServiceMethod")]
    public static partial void HandlerFailed(ILogger log, string method, Exception exception);

    [LoggerMessage(
        12, LogLevel.Debug, "The deadline of a call to '{Method}' passed and could not be answered; the call was aborted.",
        EventName = "DeadlineUnanswered")]
    public static partial void DeadlineUnanswered(ILogger log, string method, Exception exception);
}
