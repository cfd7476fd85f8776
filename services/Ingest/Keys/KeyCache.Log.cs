namespace Exporter.Ingest.Keys;

internal static partial class Log
{
    [LoggerMessage(1101, LogLevel.Error,
        "An API key could not be looked up. Requests with keys that are not remembered are refused, to be sent again. Look at the database. Said once until it answers.",
        EventName = "KeyLookUpFailed")]
    public static partial void LookUpFailed(ILogger log, Exception cause);

    [LoggerMessage(1102, LogLevel.Warning,
        "The API keys' revision could not be read; changes of keys are seen late. Look at the database. Said once until it answers.",
        EventName = "KeyRevisionUnknown")]
    public static partial void RevisionUnknown(ILogger log, Exception cause);
}
