using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Engine;

internal static partial class EngineLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, EventName = "ResourceStarted", Message = "Resource '{Resource}' runs as {Runs} at {Addresses}.")]
    public static partial void Started(ILogger log, string resource, string runs, string addresses);

    [LoggerMessage(EventId = 2, EventName = "ResourceEnded", Message = "Resource '{Resource}' ended with exit code {ExitCode}.")]
    public static partial void Ended(ILogger log, LogLevel level, string resource, int exitCode);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, EventName = "ResourceDied", Message = "Resource '{Resource}' ended with exit code {ExitCode}. It is started again in {Seconds} s.")]
    public static partial void StartsAgain(ILogger log, string resource, int exitCode, double seconds);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, EventName = "ResourceFailed", Message = "Resource '{Resource}' could not be started. {Why}")]
    public static partial void Failed(ILogger log, string resource, string why);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, EventName = "ResourceKilled", Message = "Resource '{Resource}' did not stop in {Seconds} s and was killed.")]
    public static partial void Killed(ILogger log, string resource, double seconds);

    [LoggerMessage(EventId = 6, Level = LogLevel.Information, EventName = "ApplicationStarted", Message = "Distributed application started with its data in {Folder}. Press Ctrl+C to shut down.")]
    public static partial void ApplicationStarted(ILogger log, string folder);

    [LoggerMessage(EventId = 7, Level = LogLevel.Information, EventName = "StatusPageListens", Message = "Login to the dashboard at {Url}")]
    public static partial void StatusPageListens(ILogger log, string url);

    [LoggerMessage(EventId = 8, Level = LogLevel.Error, EventName = "ResourceStopFailed", Message = "Resource '{Resource}' was not stopped as it should be. {Why}")]
    public static partial void StopFailed(ILogger log, string resource, string why);
}
