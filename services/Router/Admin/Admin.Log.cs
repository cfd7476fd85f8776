using Exporter.Delivery.Exports;

namespace Exporter.Router.Admin;

internal static partial class AdminLog
{
    [LoggerMessage(2501, LogLevel.Error, EventName = "AdminTokenUnreadable", Message = "{Reason}")]
    public static partial void TokenUnreadable(ILogger log, string reason);

    [LoggerMessage(2502, LogLevel.Information, EventName = "ExportCreated", Message =
        "Export '{Export}' of kind {Kind} was created at revision {Revision}.")]
    public static partial void ExportCreated(ILogger log, string export, ExportKind kind, long revision);

    [LoggerMessage(2503, LogLevel.Information, EventName = "ExportUpdated", Message =
        "Export '{Export}' was changed at revision {Revision}; {Discarded} waiting report(s) were discarded by its skip rules.")]
    public static partial void ExportUpdated(ILogger log, string export, long revision, long discarded);

    [LoggerMessage(2504, LogLevel.Warning, EventName = "ExportDeleted", Message =
        "Export '{Export}' was deleted with {Discarded} report(s) that it still held.")]
    public static partial void ExportDeleted(ILogger log, string export, long discarded);

    [LoggerMessage(2505, LogLevel.Information, EventName = "WaitingBatchesMoved", Message =
        "{Moved} waiting batch(es) of export '{Export}' got its present destination; {Kept} keep theirs.")]
    public static partial void BatchesMoved(ILogger log, long moved, string export, long kept);

    [LoggerMessage(2506, LogLevel.Information, EventName = "DeadLettersReplayed", Message =
        "{Letters} dead letter(s) with {Reports} report(s) are sent again.")]
    public static partial void Replayed(ILogger log, int letters, long reports);

    [LoggerMessage(2507, LogLevel.Warning, EventName = "DeadLettersDiscarded", Message =
        "{Letters} dead letter(s) with {Reports} report(s) were discarded.")]
    public static partial void Discarded(ILogger log, int letters, long reports);

    [LoggerMessage(2508, LogLevel.Information, EventName = "ApiKeyChanged", Message = "API key {KeyHash} was {Change}.")]
    public static partial void KeyChanged(ILogger log, string keyHash, string change);
}
