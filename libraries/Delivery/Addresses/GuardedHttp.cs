using System.Net;
using System.Net.Sockets;

namespace Exporter.Delivery.Addresses;

/// <summary>Makes HTTP handlers for addresses that operators gave: they check the very address that they connect to.</summary>
public static class GuardedHttp
{
    /// <summary>A handler that resolves a name once, keeps the public addresses and connects to those; no redirects, no proxy.</summary>
    /// <param name="allowed">Hosts that may lead anywhere.</param>
    public static SocketsHttpHandler CreateHandler(AllowedHosts allowed) => CreateHandler(allowed, Dns.GetHostAddressesAsync);

    /// <summary>The same with another way to resolve names.</summary>
    /// <param name="allowed">Hosts that may lead anywhere.</param>
    /// <param name="resolve">Gives a name's addresses.</param>
    public static SocketsHttpHandler CreateHandler(AllowedHosts allowed, Func<string, CancellationToken, Task<IPAddress[]>> resolve) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseDrainSize = 64 * 1024, // what is left of an answer is thrown away, and no more of it than this
        ActivityHeadersPropagator = null, // its traces would hold whole urls, and those hold API keys
        ConnectCallback = (context, cancel) => ConnectAsync(context.DnsEndPoint, allowed, resolve, cancel),
    };

    private static async ValueTask<Stream> ConnectAsync(
        DnsEndPoint host, AllowedHosts allowed, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancel)
    {
        var addresses = IPAddress.TryParse(host.Host, out var literal) ? [literal] : await resolve(host.Host, cancel);
        if (!allowed.Contains(host.Host))
            addresses = [.. addresses.Where(PublicAddress.Is)];
        if (addresses.Length == 0)
            throw new AddressRefusedException(host.Host);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, host.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
