using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exporter.ServiceDefaults;

internal sealed partial class HealthChanges
{
    private static partial class Log
    {
        [LoggerMessage(EventId = 9401, Level = LogLevel.Warning, EventName = "HealthWorsened", Message = "Health is now {Status}: {Sentences}")]
        public static partial void Worsened(ILogger log, HealthStatus status, string sentences);

        [LoggerMessage(EventId = 9402, Level = LogLevel.Information, EventName = "HealthRecovered", Message = "Health is good again.")]
        public static partial void Recovered(ILogger log);
    }
}
