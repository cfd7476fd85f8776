namespace Exporter.Ingest.Limits.Redis;

internal static partial class Log
{
    [LoggerMessage(EventId = 1211, Level = LogLevel.Warning, EventName = "SharedCountsAway", Message =
        "Redis can't be used ({Reason}). Requests are {Meanwhile}, and limits are shared again when it is back.")]
    public static partial void Away(ILogger log, string reason, string meanwhile, Exception cause);

    [LoggerMessage(EventId = 1212, Level = LogLevel.Information, EventName = "SharedCountsBack", Message =
        "Redis is back. Limits are shared with the other instances.")]
    public static partial void Back(ILogger log);
}
