using System.IO.Compression;
using Grpc.Net.Compression;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>What all calls of a service share, worked out once.</summary>
internal sealed record CallSettings(
    int? MaxReceiveLength,
    int MaxSendLength,
    bool DetailedErrors,
    string? ResponseEncoding,
    CompressionLevel? ResponseLevel,
    IReadOnlyList<ICompressionProvider> Compressions,
    IReadOnlyList<InterceptorRegistration> Interceptors,
    ILogger Log)
{
    /// <summary>What the server sends as <c>grpc-accept-encoding</c>.</summary>
    public string AcceptEncoding { get; } = string.Join(',', Compressions.Select(each => each.EncodingName).Prepend("identity"));

    public static CallSettings Of(GrpcServiceOptions global, GrpcServiceOptions own, ILoggerFactory loggers) => new(
        own.MaxReceiveMessageSizeIsSet ? own.MaxReceiveMessageSize : global.MaxReceiveMessageSize,
        (own.MaxSendMessageSizeIsSet ? own.MaxSendMessageSize : global.MaxSendMessageSize) ?? int.MaxValue,
        own.EnableDetailedErrors ?? global.EnableDetailedErrors ?? false,
        own.ResponseCompressionAlgorithm ?? global.ResponseCompressionAlgorithm,
        own.ResponseCompressionLevel ?? global.ResponseCompressionLevel,
        [.. own.CompressionProviders, .. global.CompressionProviders],
        [.. global.Interceptors, .. own.Interceptors],
        loggers.CreateLogger("Grpc.AspNetCore.Server.ServerCallHandler"));

    public ICompressionProvider? FindCompression(ReadOnlySpan<char> encoding)
    {
        foreach (var compression in Compressions)
            if (encoding.Equals(compression.EncodingName, StringComparison.OrdinalIgnoreCase))
                return compression;
        return null;
    }
}
