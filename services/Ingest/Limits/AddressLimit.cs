using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Exporter.Ingest.Limits;

/// <summary>
/// Requests of one client address in one minute, in fixed windows; an IPv6 client is its /64. Bounded: addresses beyond
/// the bound are not counted in that minute.
/// </summary>
internal sealed class AddressLimit(int requestsPerMinute, TimeProvider clock)
{
    public const int MaxAddresses = 100_000;

    private Minute minute = new(-1);

    public int Count => minute.CountByAddress.Count;

    public bool Refuses(IPAddress? address, out TimeSpan retryAfter)
    {
        retryAfter = TimeSpan.Zero;
        if (requestsPerMinute == 0 || address is null)
            return false;

        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        retryAfter = TimeSpan.FromSeconds(60 - now % 60);
        return Current(now / 60).Count(KeyOf(address)) > requestsPerMinute;
    }

    private Minute Current(long number)
    {
        var seen = Volatile.Read(ref minute);
        if (seen.Number == number)
            return seen;

        var next = new Minute(number);
        var found = Interlocked.CompareExchange(ref minute, next, seen);
        return found == seen ? next : found;
    }

    private static ulong KeyOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        address.TryWriteBytes(bytes, out _);

        // The multicast prefix ff00::/8 is no client, so IPv4 addresses have a place of their own there.
        return address.AddressFamily == AddressFamily.InterNetwork
            ? 0xFF00_0000_0000_0000 | BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    private sealed class Minute(long number)
    {
        private int addresses;

        public long Number { get; } = number;

        public ConcurrentDictionary<ulong, StrongCount> CountByAddress { get; } = new();

        public int Count(ulong address)
        {
            if (!CountByAddress.TryGetValue(address, out var count))
            {
                if (Interlocked.Increment(ref addresses) > MaxAddresses)
                    return 0;
                count = CountByAddress.GetOrAdd(address, static _ => new());
            }

            return Interlocked.Increment(ref count.Value);
        }
    }

    private sealed class StrongCount
    {
        public int Value;
    }
}
