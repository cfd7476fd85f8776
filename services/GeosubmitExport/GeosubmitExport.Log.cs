using Microsoft.Extensions.Logging;

namespace Exporter.GeosubmitExport;

/// <summary>What this service says; event ids 4000 to 4999.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Error, "The partner refused {Reports} report(s) of batch {Batch} of export {Export} ({ErrorType}), while it took others. They are dead letters: look at them with 'exporter deadletters show'.", EventName = "ReportsRefused")]
    public static partial void ReportsRefused(ILogger log, long reports, Guid batch, string export, string errorType);
}
