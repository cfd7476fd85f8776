using System.Text;
using Microsoft.Net.Http.Headers;

namespace Exporter.Ingest.Http;

/// <summary>What the charset of Content-Type asks for.</summary>
internal static class Charset
{
    /// <summary>How to turn a body into UTF-8; null when it is already.</summary>
    public static Func<Stream, Stream>? Of(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || type.Charset.Length == 0)
            return null;

        var name = HeaderUtilities.RemoveQuotes(type.Charset).ToString();
        if (name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || name.Equals("utf8", StringComparison.OrdinalIgnoreCase))
            return null;

        var encoding = Find(name);
        return bytes => Encoding.CreateTranscodingStream(bytes, encoding, Encoding.UTF8);
    }

    private static Encoding Find(string name)
    {
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new HttpFaultException(HttpFault.Undecodable("The charset of Content-Type is not supported. Send UTF-8."), e);
        }
    }
}
