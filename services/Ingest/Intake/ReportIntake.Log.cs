namespace Exporter.Ingest.Intake;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Error, EventName = "CommitFailed", Message =
        "Reports could not be stored; clients are told to send them again. Look at the database. Said once until a commit succeeds.")]
    public static partial void CommitFailed(ILogger log, Exception cause);

    [LoggerMessage(1002, LogLevel.Information, EventName = "CommitsSucceeded", Message = "Reports are stored again.")]
    public static partial void CommitsSucceed(ILogger log);
}
