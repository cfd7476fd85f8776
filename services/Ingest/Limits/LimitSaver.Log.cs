namespace Exporter.Ingest.Limits;

internal static partial class Log
{
    [LoggerMessage(1201, LogLevel.Warning,
        "Today's request counts could not be read; daily limits count from zero. Look at the database.",
        EventName = "LimitCountsNotRead")]
    public static partial void CountsNotRead(ILogger log, Exception cause);

    [LoggerMessage(1202, LogLevel.Warning,
        "Request counts could not be saved; a restart now would forget them. Look at the database. Said once until it works again.",
        EventName = "LimitCountsNotSaved")]
    public static partial void CountsNotSaved(ILogger log, Exception cause);
}
