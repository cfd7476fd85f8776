using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>A way to make messages smaller.</summary>
public interface ICompressionProvider
{
    /// <summary>The name in <c>grpc-encoding</c>.</summary>
    string EncodingName { get; }

    /// <summary>A stream that compresses what is written to it into another.</summary>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>A stream that reads another and unpacks it.</summary>
    Stream CreateDecompressionStream(Stream stream);
}
