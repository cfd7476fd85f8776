using Microsoft.Extensions.Logging;

namespace Exporter.Delivery.Sending;

internal static partial class DeliveryLog
{
    [LoggerMessage(EventId = 9101, Level = LogLevel.Warning, EventName = "CircuitOpened", Message =
        "Export {Export} waits for its destination ({ErrorType}): {Detail} Its batches are kept.")]
    public static partial void CircuitOpened(ILogger log, string export, string errorType, string detail);

    [LoggerMessage(EventId = 9102, Level = LogLevel.Information, EventName = "CircuitClosed", Message = "Export {Export} delivers again.")]
    public static partial void CircuitClosed(ILogger log, string export);

    [LoggerMessage(EventId = 9103, Level = LogLevel.Error, EventName = "BatchDeadLettered", Message =
        "Batch {Batch} of export {Export} with {Reports} reports is a dead letter ({ErrorType}): {Detail} Replay or discard it with 'exporter deadletters'.")]
    public static partial void DeadLettered(ILogger log, Guid batch, string export, long reports, string errorType, string detail);

    [LoggerMessage(EventId = 9104, Level = LogLevel.Warning, EventName = "LateComerDropped", Message =
        "Attempt {Attempt} at batch {Batch} of export {Export} ended after its claim was lost. Its result is dropped.")]
    public static partial void LateComer(ILogger log, Guid batch, string export, int attempt);

    [LoggerMessage(EventId = 9105, Level = LogLevel.Error, EventName = "AttemptFailed", Message =
        "Attempt {Attempt} at batch {Batch} of export {Export} failed in an unexpected way. The batch is kept and tried again.")]
    public static partial void AttemptFailed(ILogger log, Guid batch, string export, int attempt, Exception e);

    [LoggerMessage(EventId = 9106, Level = LogLevel.Warning, EventName = "OutcomeUnrecorded", Message =
        "How the attempt at batch {Batch} of export {Export} ended could not be recorded. It is tried again when its lease is over.")]
    public static partial void OutcomeUnrecorded(ILogger log, Guid batch, string export, Exception e);

    [LoggerMessage(EventId = 9107, Level = LogLevel.Warning, EventName = "LeaseUnrenewed", Message = "The lease of batch {Batch} of export {Export} could not be renewed.")]
    public static partial void LeaseUnrenewed(ILogger log, Guid batch, string export, Exception e);

    [LoggerMessage(EventId = 9108, Level = LogLevel.Warning, EventName = "StoreFailed", Message = "The store can't be asked for due batches. It is asked again.")]
    public static partial void StoreFailed(ILogger log, Exception e);
}
