using System.Collections.Concurrent;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Client.Calls;
using Grpc.Net.Compression;

namespace Grpc.Net.Client;

/// <summary>A way to a server over HTTP/2. Meant to be kept: connections are shared by its calls.</summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly ConcurrentDictionary<IMethod, Uri> _addresses = new();
    private readonly HttpMessageInvoker _http;
    private readonly bool _ownsHttp;
    private bool _disposed;

    private GrpcChannel(Uri address, GrpcChannelOptions options) : base(address.Authority)
    {
        if (options is { HttpClient: not null, HttpHandler: not null })
            throw new ArgumentException("Give the channel an HttpClient or an HttpHandler, not both.", nameof(options));
        Address = address;
        Options = options;
        Compressions = [.. options.CompressionProviders ?? [new GzipCompressionProvider(CompressionLevel.Fastest)]];
        AcceptEncoding = string.Join(',', Compressions.Select(each => each.EncodingName).Prepend("identity"));
        Credentials = ChannelSecurity.Of(address, options.Credentials);
        _ownsHttp = options.DisposeHttpClient || options is { HttpClient: null, HttpHandler: null };
        _http = options.HttpClient ?? new HttpMessageInvoker(options.HttpHandler ?? NewHandler(), _ownsHttp);
    }

    internal Uri Address { get; }

    internal GrpcChannelOptions Options { get; }

    internal IReadOnlyList<ICompressionProvider> Compressions { get; }

    internal string AcceptEncoding { get; }

    internal IReadOnlyList<CallCredentials> Credentials { get; }

    /// <summary>A channel to an address such as "http://localhost:8081".</summary>
    public static GrpcChannel ForAddress(string address) => ForAddress(address, new());

    /// <summary>A channel to an address, with options.</summary>
    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) => ForAddress(new Uri(address), channelOptions);

    /// <summary>A channel to an address.</summary>
    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new());

    /// <summary>A channel to an address, with options.</summary>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        return new(address, channelOptions);
    }

    /// <inheritdoc/>
    public override CallInvoker CreateCallInvoker()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new HttpClientCallInvoker(this);
    }

    /// <summary>Closes the channel and the connections that it made itself.</summary>
    public void Dispose()
    {
        _disposed = true;
        if (_ownsHttp)
            _http.Dispose();
    }

    internal Uri AddressOf(IMethod method) => _addresses.GetOrAdd(method, static (each, address) => new(address, each.FullName), Address);

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _http is HttpClient client
            ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel)
            : _http.SendAsync(request, cancel);
    }

    private static SocketsHttpHandler NewHandler() => new()
    {
        EnableMultipleHttp2Connections = true,
        AllowAutoRedirect = false,
        UseCookies = false,
    };

    /// <inheritdoc/>
    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }
}
