using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Exporter.Ingest.Limits;

/// <summary>What counts as one client: an IPv4 address, or the /64 of an IPv6 address.</summary>
internal readonly record struct ClientAddress(ulong Value)
{
    public static ClientAddress Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        address.TryWriteBytes(bytes, out _);

        // The multicast prefix ff00::/8 is no client, so IPv4 addresses have a place of their own there.
        return new(address.AddressFamily == AddressFamily.InterNetwork
            ? 0xFF00_0000_0000_0000 | BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }
}
