using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.AspNetCore.Server;

/// <summary>How services answer; set for all of them, and for one service over that.</summary>
public class GrpcServiceOptions
{
    internal const int DefaultMaxReceiveMessageSize = 4 * 1024 * 1024;

    private int? _maxReceiveMessageSize;
    private int? _maxSendMessageSize;

    /// <summary>The largest message that is taken, in bytes; 4 MiB unless set, null for no limit.</summary>
    public int? MaxReceiveMessageSize
    {
        get => _maxReceiveMessageSize;
        set
        {
            _maxReceiveMessageSize = value;
            MaxReceiveMessageSizeIsSet = true;
        }
    }

    /// <summary>The largest message that is sent, in bytes; null for no limit.</summary>
    public int? MaxSendMessageSize
    {
        get => _maxSendMessageSize;
        set
        {
            _maxSendMessageSize = value;
            MaxSendMessageSizeIsSet = true;
        }
    }

    /// <summary>Whether callers see the text of exceptions; false unless set.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>The encoding that responses are packed with, where the caller takes it; null for none.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    /// <summary>How hard responses are packed.</summary>
    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>Whether unknown services and methods are left to the rest of the application; false unless set.</summary>
    public bool? IgnoreUnknownServices { get; set; }

    /// <summary>The ways to pack and unpack; gzip unless set.</summary>
    public IList<ICompressionProvider> CompressionProviders { get; set; } = [];

    /// <summary>What sees each call before the service does, in order.</summary>
    public InterceptorCollection Interceptors { get; } = [];

    internal bool MaxReceiveMessageSizeIsSet { get; private set; }

    internal bool MaxSendMessageSizeIsSet { get; private set; }
}
