using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Net.Client;

/// <summary>How a channel calls.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>How the channel is protected; by the address's scheme unless set.</summary>
    public ChannelCredentials? Credentials { get; set; }

    /// <summary>The largest message that is sent, in bytes; null for no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>The largest message that is taken, in bytes; 4 MiB unless set, null for no limit.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>The ways to pack and unpack; gzip unless set.</summary>
    public IList<ICompressionProvider>? CompressionProviders { get; set; }

    /// <summary>Makes the calls instead of the channel's own client; not together with <see cref="HttpHandler"/>.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>Makes the calls instead of the channel's own handler.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Whether the given client or handler is disposed with the channel.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>Whether a cancelled call throws <see cref="OperationCanceledException"/> instead of <see cref="RpcException"/>.</summary>
    public bool ThrowOperationCanceledOnCancellation { get; set; }

    /// <summary>Whether call credentials are sent without encryption too.</summary>
    public bool UnsafeUseInsecureChannelCallCredentials { get; set; }
}
