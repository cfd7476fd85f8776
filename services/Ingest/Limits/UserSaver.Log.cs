namespace Exporter.Ingest.Limits;

internal static partial class Log
{
    [LoggerMessage(EventId = 1203, Level = LogLevel.Warning, EventName = "UsersNotRead", Message =
        "The estimates of users could not be read; they begin from zero. Look at the database.")]
    public static partial void UsersNotRead(ILogger log, Exception cause);

    [LoggerMessage(EventId = 1204, Level = LogLevel.Warning, EventName = "UsersNotSaved", Message =
        "The estimates of users could not be saved; a restart now would forget them. Look at the database. Said once until it works again.")]
    public static partial void UsersNotSaved(ILogger log, Exception cause);
}
