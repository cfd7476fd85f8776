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
    public static SocketsHttpHandler CreateHandler(AllowedHosts allowed, Func<string, CancellationToken, Task<IPAddress[]>> resolve) =>
        CreateHandler(allowed, resolve, ConnectAsync);

    internal static SocketsHttpHandler CreateHandler(
        AllowedHosts allowed,
        Func<string, CancellationToken, Task<IPAddress[]>> resolve,
        Func<IPAddress[], int, CancellationToken, ValueTask<Stream>> connect) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseDrainSize = 64 * 1024, // what is left of an answer is thrown away, and no more of it than this
        ActivityHeadersPropagator = null, // its traces would hold whole urls, and those hold API keys
        ConnectCallback = async (context, cancel) =>
            await connect(await AddressesOfAsync(context.DnsEndPoint.Host, allowed, resolve, cancel), context.DnsEndPoint.Port, cancel),
    };

    private static async Task<IPAddress[]> AddressesOfAsync(
        string host, AllowedHosts allowed, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancel)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancel);
        if (!allowed.Contains(host))
            addresses = [.. addresses.Where(PublicAddress.Is)];
        return addresses.Length > 0 ? addresses : throw new AddressRefusedException(host);
    }

    private static async ValueTask<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
