using Exporter.Delivery.Keys;

namespace Exporter.Ingest.Limits.Redis;

/// <summary>Counts together with all instances of Ingest.</summary>
internal sealed class SharedLimitCounter : ILimitCounter, IDisposable
{
    // As the reference system: a day, and an hour in which clocks may differ.
    private static readonly TimeSpan DayKeptFor = TimeSpan.FromHours(25);
    private static readonly TimeSpan MinuteKeptFor = TimeSpan.FromMinutes(2);

    private readonly KeyWindow<SharedTally> keys;
    private readonly AddressWindow<SharedTally> addresses;
    private readonly SharedCounts counts;
    private readonly int requestsPerMinute;

    public SharedLimitCounter(SharedCounts counts, IngestOptions options, TimeProvider clock)
    {
        this.counts = counts;
        requestsPerMinute = options.Limits.RequestsPerMinutePerAddress;
        keys = new((key, path, day) => new(RedisNames.Limit(key, path, day), DayKeptFor, counts), clock);
        addresses = new((address, minute) => new(RedisNames.Address(address, minute), MinuteKeptFor, counts), clock);
        counts.Link.CameBack += SendWhatWasCountedAlone;
    }

    public ValueTask<LimitVerdict> CountAsync(ApiKey key, string path) => keys.Of(key.Key, path).CountAsync(key.MaxRequestsPerDay);

    public ValueTask<LimitVerdict> CountAsync(ClientAddress address) =>
        addresses.Of(address)?.CountAsync(requestsPerMinute) ?? new(LimitVerdict.Within);

    public void Dispose() => counts.Link.CameBack -= SendWhatWasCountedAlone;

    private void SendWhatWasCountedAlone()
    {
        foreach (var (_, tally) in keys.Today(out _))
            counts.Queue(tally);
    }
}
