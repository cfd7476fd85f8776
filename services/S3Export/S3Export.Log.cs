using Microsoft.Extensions.Logging;

namespace Exporter.S3Export;

/// <summary>What this service says; event ids 3000 to 3999.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "Removed {Count} temporary file(s) of attempts that ended with their process.", EventName = "StaleFilesRemoved")]
    public static partial void StaleFilesRemoved(ILogger log, int count);

    [LoggerMessage(3002, LogLevel.Warning, "Temporary files of ended attempts were not removed ({Fault}). Look at the rights under 'Exporter:FileRoots'.", EventName = "StaleFilesKept")]
    public static partial void StaleFilesKept(ILogger log, string fault);

    [LoggerMessage(3011, LogLevel.Warning, "Unfinished uploads of earlier attempts can't be looked for, and may go on costing storage. {Detail}", EventName = "UploadsNotListed")]
    public static partial void UploadsNotListed(ILogger log, string detail);

    [LoggerMessage(3012, LogLevel.Warning, "{Place} did not let an unfinished upload be aborted ({Fault}). The batch's next attempt tries again.", EventName = "UploadNotAborted")]
    public static partial void UploadNotAborted(ILogger log, string place, string fault);
}
