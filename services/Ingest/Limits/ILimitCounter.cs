using Exporter.Delivery.Keys;

namespace Exporter.Ingest.Limits;

/// <summary>Counts requests against limits: in this process alone, or together with all instances of Ingest.</summary>
internal interface ILimitCounter
{
    /// <summary>Counts one more request of an API key on a path today (UTC), also where the key has no limit.</summary>
    ValueTask<LimitVerdict> CountAsync(ApiKey key, string path);

    /// <summary>Counts one more request of a client address in this minute. Only where there is a limit.</summary>
    ValueTask<LimitVerdict> CountAsync(ClientAddress address);
}
