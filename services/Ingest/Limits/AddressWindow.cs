using System.Collections.Concurrent;

namespace Exporter.Ingest.Limits;

/// <summary>
/// One tally for each client address in the current minute. Bounded: addresses beyond the bound are not counted in that
/// minute.
/// </summary>
internal sealed class AddressWindow<TTally>(Func<ClientAddress, long, TTally> make, TimeProvider clock)
    where TTally : class
{
    public const int MaxAddresses = 100_000;

    private Minute current = new(-1);

    public int Count => current.TallyByAddress.Count;

    public TTally? Of(ClientAddress address)
    {
        var minute = Current(clock.GetUtcNow().ToUnixTimeSeconds() / 60);
        if (minute.TallyByAddress.TryGetValue(address, out var tally))
            return tally;
        return Interlocked.Increment(ref minute.Addresses) > MaxAddresses
            ? null
            : minute.TallyByAddress.GetOrAdd(address, static (address, it) => it.make(address, it.minute.Number), (make, minute));
    }

    private Minute Current(long number)
    {
        var seen = Volatile.Read(ref current);
        if (seen.Number == number)
            return seen;

        var next = new Minute(number);
        var found = Interlocked.CompareExchange(ref current, next, seen);
        return found == seen ? next : found;
    }

    private sealed class Minute(long number)
    {
        public int Addresses;

        public long Number { get; } = number;

        public ConcurrentDictionary<ClientAddress, TTally> TallyByAddress { get; } = new();
    }
}
