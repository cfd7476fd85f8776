using Exporter.Delivery.Exports;

namespace Exporter.Router.Admin;

internal static partial class AdminLog
{
    [LoggerMessage(2501, LogLevel.Error,
        "{Reason}",
        EventName = "AdminTokenUnreadable")]
    public static partial void TokenUnreadable(ILogger log, string reason);

    [LoggerMessage(2502, LogLevel.Information,
        "Export '{Export}' of kind {Kind} was created at revision {Revision}.",
        EventName = "ExportCreated")]
    public static partial void ExportCreated(ILogger log, string export, ExportKind kind, long revision);

    [LoggerMessage(2503, LogLevel.Information,
        "Export '{Export}' was changed at revision {Revision}; {Discarded} waiting report(s) were discarded by its skip rules.",
        EventName = "ExportUpdated")]
    public static partial void ExportUpdated(ILogger log, string export, long revision, long discarded);

    // A warning when reports went with it.
    [LoggerMessage(EventId = 2504, EventName = "ExportDeleted",
        Message = "Export '{Export}' was deleted with {Discarded} report(s) that it still held.")]
    public static partial void ExportDeleted(ILogger log, LogLevel level, string export, long discarded);

    [LoggerMessage(2505, LogLevel.Information,
        "{Moved} waiting batch(es) of export '{Export}' got its present destination; {Kept} keep theirs.",
        EventName = "WaitingBatchesMoved")]
    public static partial void BatchesMoved(ILogger log, long moved, string export, long kept);

    [LoggerMessage(2506, LogLevel.Information,
        "{Letters} dead letter(s) with {Reports} report(s) are sent again.",
        EventName = "DeadLettersReplayed")]
    public static partial void Replayed(ILogger log, long letters, long reports);

    [LoggerMessage(2507, LogLevel.Warning,
        "{Letters} dead letter(s) with {Reports} report(s) were discarded.",
        EventName = "DeadLettersDiscarded")]
    public static partial void Discarded(ILogger log, long letters, long reports);

    [LoggerMessage(2508, LogLevel.Information,
        "API key {KeyHash} was {Change}.",
        EventName = "ApiKeyChanged")]
    public static partial void KeyChanged(ILogger log, string keyHash, string change);

    [LoggerMessage(2509, LogLevel.Information,
        "Dead letter {Letter} was shown with {Reports} report(s) unredacted.",
        EventName = "DeadLetterShownUnredacted")]
    public static partial void ShownUnredacted(ILogger log, long letter, int reports);

    [LoggerMessage(2510, LogLevel.Information,
        "{Batches} delivered batch(es) with {Reports} report(s) are sent again.",
        EventName = "BatchesReplayed")]
    public static partial void BatchesReplayed(ILogger log, long batches, long reports);

    [LoggerMessage(2511, LogLevel.Information,
        "Export '{Export}' was {Change} at revision {Revision}.",
        EventName = "ExportPauseChanged")]
    public static partial void PauseChanged(ILogger log, string export, string change, long revision);
}
