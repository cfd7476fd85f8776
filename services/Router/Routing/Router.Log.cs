namespace Exporter.Router.Routing;

internal static partial class RouterLog
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Error, EventName = "RoutingFailed", Message =
        "Blocks can't be routed. They are kept, and it is tried again.")]
    public static partial void RoutingFailed(ILogger log, Exception e);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, EventName = "SealingFailed", Message =
        "Batches can't be sealed. What waits is kept, and it is tried again.")]
    public static partial void SealingFailed(ILogger log, Exception e);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Warning, EventName = "ReleaseFailed", Message =
        "The blocks of delivered batches can't be deleted. It is tried again.")]
    public static partial void ReleaseFailed(ILogger log, Exception e);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Warning, EventName = "StoreUnread", Message =
        "The state of the store can't be read. Its metrics stand still meanwhile.")]
    public static partial void StoreUnread(ILogger log, Exception e);

    [LoggerMessage(EventId = 2005, Level = LogLevel.Error, EventName = "OrphansFound", Message =
        "{Count} blocks are kept although no export needs them, the first is {Block}. They take room, and nothing else waits for them. Please report it.")]
    public static partial void OrphansFound(ILogger log, int count, Guid block);

    [LoggerMessage(EventId = 2006, Level = LogLevel.Warning, EventName = "OrphansUnknown", Message =
        "It can't be seen whether blocks are kept that no export needs. It is looked again in ten minutes.")]
    public static partial void OrphansUnknown(ILogger log, Exception e);
}
