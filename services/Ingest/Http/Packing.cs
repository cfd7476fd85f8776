using System.IO.Compression;
using Microsoft.Extensions.Primitives;

namespace Exporter.Ingest.Http;

/// <summary>What Content-Encoding asks for.</summary>
internal static class Packing
{
    /// <summary>How to unpack; null when nothing is packed.</summary>
    public static Func<Stream, Stream>? Of(StringValues contentEncoding)
    {
        Func<Stream, Stream>? unpack = null;
        foreach (var header in contentEncoding)
        {
            foreach (var name in (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (name.Equals("identity", StringComparison.OrdinalIgnoreCase))
                    continue;
                unpack = unpack is null ? Find(name) : throw Unsupported("several codings at once");
            }
        }

        return unpack;
    }

    private static Func<Stream, Stream> Find(string name) => name.ToUpperInvariant() switch
    {
        "GZIP" or "X-GZIP" => static packed => new GZipStream(packed, CompressionMode.Decompress),
        "BR" => static packed => new BrotliStream(packed, CompressionMode.Decompress),
        _ => throw Unsupported("another coding"),
    };

    private static HttpFaultException Unsupported(string found) => new(new(
        StatusCodes.Status415UnsupportedMediaType,
        "global",
        "unsupportedEncoding",
        $"Content-Encoding may be gzip, br or identity, found {found}."));
}
