namespace Exporter.Ingest.Intake;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Error,
        "Reports could not be stored; clients are told to send them again. Look at the database. Said once until a commit succeeds.",
        EventName = "CommitFailed")]
    public static partial void CommitFailed(ILogger log, Exception cause);

    [LoggerMessage(1002, LogLevel.Information,
        "Reports are stored again.",
        EventName = "CommitsSucceeded")]
    public static partial void CommitsSucceed(ILogger log);
}
