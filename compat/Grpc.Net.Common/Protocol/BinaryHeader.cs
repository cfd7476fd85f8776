using System.Buffers.Text;
using System.Text;
using Grpc.Core;

namespace Grpc.Net.Protocol;

/// <summary>The values of <c>-bin</c> metadata: base64, sent without padding, read with or without, several joined by commas.</summary>
internal static class BinaryHeader
{
    public static string Encode(ReadOnlySpan<byte> value) => Convert.ToBase64String(value).TrimEnd('=');

    /// <summary>
    /// Adds a header to metadata: as text, or as the bytes that its base64 stands for. A broken value is left out, and so is a
    /// name that HTTP knows and gRPC does not. The name is in lower case.
    /// </summary>
    public static void AddHeader(Metadata metadata, string name, string value)
    {
        if (!Metadata.Entry.IsKey(name))
            return;
        if (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.Ordinal))
        {
            metadata.Add(name, value);
            return;
        }
        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
            if (TryDecode(part, out var bytes))
                metadata.Add(name, bytes);
    }

    private static bool TryDecode(string text, out byte[] bytes)
    {
        var padded = text.Length % 4 == 0 ? text : text.PadRight(text.Length + 4 - text.Length % 4, '=');
        bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(padded.Length)];
        var decoded = Convert.TryFromBase64String(padded, bytes, out var written);
        Array.Resize(ref bytes, written);
        return decoded;
    }
}
